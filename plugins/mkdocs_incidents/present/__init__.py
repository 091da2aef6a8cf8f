"""What readers see, as flat values: addresses, formatted texts, views. Pure; imports neither MkDocs nor Jinja."""
