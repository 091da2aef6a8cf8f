"""The plugin for MkDocs and ProperDocs: with `cli`, the only package that knows them."""
