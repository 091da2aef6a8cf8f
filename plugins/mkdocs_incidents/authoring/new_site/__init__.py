"""What `incidents init` writes: the files of a new status site, or what a MkDocs site lacks to become one."""
