"""The page that `mkdocs serve` shows while the site cannot be built. It is for authors, so that it is in English."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_incidents.content.problems import Problem

_PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #8884; --red: #c5221f }}
@media (prefers-color-scheme: dark) {{ :root {{ --red: #ff8a80 }} }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0; border-top: .35rem solid var(--red) }}
main {{ max-width: 50rem; margin: 2.5rem auto; padding: 0 1.25rem; overflow-wrap: anywhere }}
h1 {{ font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem }}
ol {{ list-style: none; margin: 2rem 0; padding: 0 }}
li {{ border-top: 1px solid var(--line); padding: 1rem 0 }}
li p {{ margin: .25rem 0 0 }}
code, pre {{ font: .9rem/1.5 ui-monospace, monospace }}
code {{ color: var(--red) }}
pre {{ white-space: pre-wrap; border-top: 1px solid var(--line); padding: 1rem 0; margin: 2rem 0 }}
strong {{ font-weight: 600 }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>The site comes back by itself once this is mended. What is published is as it was.</p>
{content}
</main>
<script>
setInterval(async () => {{
  try {{
    const answer = await fetch(location.href, {{ cache: "no-store" }});
    if (!(await answer.text()).includes("{digest}")) location.reload();
  }} catch {{}} // the server begins anew, or has ended
}}, 1000);
</script>
</body>
</html>
""")
_ITEM = Markup("<li><code>{place}</code><p><strong>{message}</strong></p>{hint}</li>")
_HINT = Markup("<p>{}</p>")


def problem_page(message: str, problems: Sequence[Problem] = ()) -> str:
    """A whole page: each problem with its place and hint; without any, the message as it is in the terminal.

    It loads itself again as soon as the server has something else at its address.
    """
    if problems:
        title = "1 problem to mend" if len(problems) == 1 else f"{len(problems)} problems to mend"
        content = Markup("<ol>{}</ol>").format(Markup("\n").join(map(_item, problems)))
    else:
        title, content = "The site cannot be built", Markup("<pre>{}</pre>").format(message)
    return _PAGE.format(title=title, content=content, digest=sha256(message.encode()).hexdigest())


def _item(problem: Problem) -> Markup:
    return _ITEM.format(
        place=f"{problem.path}:{problem.line}:{problem.column}",
        message=problem.message,
        hint=_HINT.format(problem.hint) if problem.hint else "",
    )
