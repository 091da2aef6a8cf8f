"""Machine formats: an edition in, artifacts out. Each format's own library does the escaping."""
