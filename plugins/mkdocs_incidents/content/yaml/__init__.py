"""YAML with places: nodes, front matter, and errors in plain words."""
