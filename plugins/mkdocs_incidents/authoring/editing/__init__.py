"""Writes incident files: what the commands for notices take from people, and edits at the places of YAML nodes."""
