"""Edits of incident files: what the commands of a writer change, and how it is written."""
