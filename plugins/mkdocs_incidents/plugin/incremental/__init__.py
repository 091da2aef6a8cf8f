"""Pages that are not built again: those of notices, of months and of components whose facts are as they were.

Their files stay in the folder of the site, or come from a cache. What depends on the whole site, or on the time of the
build, is built each time.
"""
