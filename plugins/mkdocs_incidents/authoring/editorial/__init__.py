"""Advice to the writers of notices: how they could be worded better, and why. Nothing here ever stops a build."""
