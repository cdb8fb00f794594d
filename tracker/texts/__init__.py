"""What a published text says, clause by clause, and how two of them differ."""
