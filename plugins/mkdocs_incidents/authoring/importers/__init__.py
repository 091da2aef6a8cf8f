"""Foreign formats become incident files, with a report of what was read from where."""
