"""Readers of free text, which guess what its author means: for advice and imports, never for a build."""
