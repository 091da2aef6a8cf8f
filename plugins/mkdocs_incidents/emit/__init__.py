"""Machine formats: a site context in, artifacts out. The library of each format does the escaping."""
