"""Which pages have an image of their own, that it is drawn once, and that a page names one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_incidents.emit.previews import png
from mkdocs_incidents.emit.previews.files import preview_paths
from mkdocs_incidents.emit.previews.kept import DrawnImages
from mkdocs_incidents.present.outputs import OUTPUTS
from mkdocs_incidents.present.pages.notice import notice_preview, notice_view
from mkdocs_incidents.present.pages.site import SiteViews
from mkdocs_incidents.present.pages.status import status_preview
from tests.emit.emitting import SITE, emitted, site
from tests.makers import announcement, at, history, incident, maintenance, states, update

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_incidents.model import Notice

NOW = "2026-04-06 16:00"
OVER = incident(
    "2026-04-06 14:30",
    update("2026-04-06 14:36", "investigating"),
    update("2026-04-06 15:15", "resolved"),
    id="it",
    title="It broke",
    components=states(web="major_outage"),
)
OPEN = incident("2026-04-06 14:30", id="it", title="It broke", components=states(web="major_outage"))
WORK = maintenance("2026-04-08 10:00", "2026-04-08 12:00", id="it", title="New discs")
NEWS = announcement("2026-04-06 08:00", id="it", title="New address")


def preview(notice: Notice, now: str = NOW) -> tuple[str, str, str, str]:
    found = notice_preview(site(history(notice), at(now)), notice)
    return found.state, found.label, found.title, found.time


def test_it_says_the_state_the_title_and_the_time() -> None:
    assert preview(OVER) == ("operational", "Resolved", "It broke", "Monday 6 April 2026, 14:30 to 15:15 UTC")
    since = "open since Monday 6 April 2026, 14:30 UTC"
    assert preview(OPEN) == ("major_outage", "Major outage", "It broke", since)
    assert preview(OPEN, "2026-04-07 09:00") == preview(OPEN), "it does not change with the time of the build"
    plan = "Wednesday 8 April 2026, 10:00 to 12:00 UTC"
    assert preview(WORK) == ("under_maintenance", "Planned maintenance", "New discs", plan)


def test_that_of_the_status_page_says_of_when_it_is() -> None:
    of = site(history(OPEN), at(NOW))
    found = status_preview(of, SiteViews(of).status)
    assert (found.title, found.time) == ("It broke", "As of Monday 6 April 2026, 16:00 UTC.")
    quiet = site(history(OVER), at(NOW))
    assert status_preview(quiet, SiteViews(quiet).status).title == "We know of no problems"


@pytest.mark.parametrize("notice", [OVER, OPEN, WORK, NEWS])
@pytest.mark.parametrize("now", [NOW, "2026-04-20 23:59", "2026-04-21 00:00", "2026-08-01 00:00"])
def test_a_page_names_an_image_that_is_there(notice: Notice, now: str) -> None:
    of, files = site(history(notice), at(now)), emitted(history(notice), at(now))
    for frame in (notice_view(of, notice, None, (None, None)).frame, SiteViews(of).status.frame):
        assert files[frame.preview.removeprefix(SITE)].startswith(b"\x89PNG")


def test_a_notice_that_is_over_has_its_own_for_two_weeks() -> None:
    own = "incidents/it/preview.png"
    assert own in emitted(history(OVER), at("2026-04-20 23:59"))
    assert own not in emitted(history(OVER), at("2026-04-21 00:00"))
    assert own in emitted(history(OPEN), at("2027-04-21 00:00"))


def test_switched_off_no_page_has_an_image() -> None:
    of = site(history(OVER), at(NOW), on=frozenset(OUTPUTS) - {"preview_images"})
    assert notice_view(of, OVER, None, (None, None)).frame.preview == SiteViews(of).subscribe.frame.preview == ""


def test_the_paths_are_those_of_all_images() -> None:
    images = {path for path in emitted(history(OVER), at(NOW)) if path.endswith(".png")}
    assert set(preview_paths(site(history(OVER), at(NOW)))) == images


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was drawn."""
    found: list[str] = []

    def draw(svg: str) -> bytes:
        found.append(svg)
        return svg.encode()

    monkeypatch.setattr(png, "drawn_png", draw)
    return found


def test_an_image_is_drawn_again_only_when_it_says_something_else(tmp_path: Path, drawn: list[str]) -> None:
    for svg in ("one", "one", "two", "two"):
        assert DrawnImages(tmp_path, b"1").draw("a.png", svg) == svg.encode()
    assert drawn == ["one", "two"]
    assert len(list(tmp_path.iterdir())) == 1, "only the last one is kept"
    DrawnImages(tmp_path, b"2").draw("a.png", "two")
    assert drawn == ["one", "two", "two"], "with other code it may be another image"


def test_images_that_are_no_longer_published_are_removed(tmp_path: Path, drawn: list[str]) -> None:
    images = DrawnImages(tmp_path, b"")
    images.draw("a.png", "a")
    images.draw("b.png", "b")
    images.keep_only(["b.png"])
    images.draw("b.png", "b")
    assert drawn == ["a", "b"]
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_kept_images_are_drawn_each_time(tmp_path: Path, drawn: list[str]) -> None:
    (tmp_path / "file").touch()
    images = DrawnImages(tmp_path / "file", b"")
    assert images.draw("a.png", "a") == images.draw("a.png", "a") == b"a"
    images.keep_only([])
    assert drawn == ["a", "a"]
