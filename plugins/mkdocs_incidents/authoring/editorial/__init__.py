"""Advice to the writers of notices: how it could be said better, and why. Nothing here ever stops a build."""
