"""The Statuspage API, version 2."""
