"""`python -m mkdocs_incidents.cli` is the command `incidents`."""

from . import main

main()
