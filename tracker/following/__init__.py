"""Who wants to hear of what, and what became of each telling."""
