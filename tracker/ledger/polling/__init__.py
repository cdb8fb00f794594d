"""Asking the sources what changed, and working it off."""
