"""The file formats: which keys there are, what each may hold, and how single values are read."""
