"""The words of updates: templates by kind and phase, what an editor opens on, and advice before anything is written."""
