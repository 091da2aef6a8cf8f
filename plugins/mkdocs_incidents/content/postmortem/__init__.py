"""The grammar of a body: sections, timeline entries, action items (docs/guide/postmortems.md prints it).

It reads what is stated and infers nothing: what does not fit is prose, and is shown as written.
"""
