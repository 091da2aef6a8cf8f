"""Messages of notices: the same facts and words for every channel."""
