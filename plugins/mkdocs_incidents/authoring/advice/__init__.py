"""Advice to the authors of notices: what could be worded better, and why. It is never an error or a warning."""
