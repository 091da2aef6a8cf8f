"""Feeds: their files, their items, and the formats."""
