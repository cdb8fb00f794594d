"""Who sits on the committees that hold a measure, where they stand on it, and what they did with the same before."""
