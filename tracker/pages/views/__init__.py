"""The views of the public pages, a module a page family."""
