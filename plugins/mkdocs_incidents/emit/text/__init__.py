"""Plain text and Markdown, for terminals and language models."""
