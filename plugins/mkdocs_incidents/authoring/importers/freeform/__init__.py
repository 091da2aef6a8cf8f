"""The importer of free-form postmortems in Markdown or plain text."""
