"""Our own JSON: each document is defined once, as a typed dictionary that it is built as and its schema made from."""
