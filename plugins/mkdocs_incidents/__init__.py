"""A static incident status site generator: Markdown files in, a public status page and feeds out."""

__version__ = "0.1.0"
