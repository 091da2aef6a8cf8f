"""What is computed of a notice and of a page is computed once in a build, however many outputs show it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import mkdocs_incidents.present.pages.site as page_views
from mkdocs_incidents.model import Incident
from mkdocs_incidents.status import facts
from tests.sites.building import front, update_at

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.sites.building import Site

NOTICES = 3
BODY = "## Timeline\n\n- 10:02 — {kind: detected} The pager rings.\n\n## Action items\n\n- [ ] Mend it (@Web)\n"


def counted(calls: Counter[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        calls[name] += 1
        return function(*arguments, **options)

    return call


def test_each_fact_of_a_notice_is_computed_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()
    for name in ("figures", "phases", "downtime", "promises_of"):
        monkeypatch.setattr(facts, name, counted(calls, name, getattr(facts, name)))
    monkeypatch.setattr(Incident, "impacts", counted(calls, "impacts", Incident.impacts))
    updates = [update_at("2026-05-04 10:05", "investigating"), update_at("2026-05-04 11:00", "resolved")]
    for number in range(NOTICES):
        postmortem = {"published": "2026-05-06"}
        site.write(f"incidents/{number}.md", front(BODY, id=f"i{number}", updates=updates, postmortem=postmortem))
    site.build()
    assert calls == Counter(dict.fromkeys(["figures", "phases", "downtime", "promises_of", "impacts"], NOTICES))


def test_each_view_of_a_page_is_made_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()
    names = [name for name in vars(page_views) if name.endswith("_view")]
    for name in names:
        monkeypatch.setattr(page_views, name, counted(calls, name, getattr(page_views, name)))
    site.write("incidents/a.md", front(BODY, postmortem={"published": "2026-05-06"}))
    site.build("2026-05-15 12:00")
    assert len(names) > 8
    components = 2
    assert calls == Counter(dict.fromkeys(names, 1) | {"component_view": components})
