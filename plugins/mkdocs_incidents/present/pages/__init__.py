"""The view of each page."""
