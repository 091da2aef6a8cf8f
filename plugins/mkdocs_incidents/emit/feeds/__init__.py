"""Feeds: their items, and how each format is written."""
