"""Makes a page of the reference for each service, and adds to a page that is there."""

import mkdocs_gen_files

for name in ("web", "api"):
    path = f"reference/{name}.md"
    with mkdocs_gen_files.open(path, "w") as page:
        page.write(f"# Reference of {name}\n\nMade by a script, beside the [status](../index.md).\n")
    mkdocs_gen_files.set_edit_path(path, "generate_pages.py")

with mkdocs_gen_files.open("about.md", "a") as page:
    page.write("\nAdded by a script.\n")
