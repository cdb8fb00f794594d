"""News for readers elsewhere: Atom feeds of changes, and a calendar of what happened on which day."""
