"""What an article claims, and what the record says of it."""
