"""Makes the reference of a module, and the navigation."""

import mkdocs_gen_files

nav = mkdocs_gen_files.Nav()
nav["example"] = "example/index.md"
with mkdocs_gen_files.open("reference/example/index.md", "w") as page:
    page.write("# Example\n\n::: example\n")
with mkdocs_gen_files.open("reference/SUMMARY.md", "w") as summary:
    summary.writelines(nav.build_literate_nav())
