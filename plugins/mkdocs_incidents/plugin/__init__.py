"""The only package that knows MkDocs, Jinja and Material."""
