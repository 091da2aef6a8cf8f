"""`incidents verify`: whether what is published is what the files say, for whoever watches the site."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_incidents.authoring.editing.times import distance, read_length
from mkdocs_incidents.content.loader import load
from mkdocs_incidents.content.problems import WrongValueError
from mkdocs_incidents.content.suggestions import quoted
from mkdocs_incidents.model import TOLERANCE
from mkdocs_incidents.present.context import SiteContext
from mkdocs_incidents.present.outputs import Outputs
from mkdocs_incidents.present.site_address import site_address
from mkdocs_incidents.present.urls import Urls
from mkdocs_incidents.publish.differences import Difference, differences, is_ahead
from mkdocs_incidents.publish.expected import expected
from mkdocs_incidents.publish.published import FEEDS
from mkdocs_incidents.publish.reading import NotReadError, PublishedFolder, PublishedSite, read_published
from mkdocs_incidents.status import Snapshot
from mkdocs_incidents.status.next_build import page_changes

from .clock import current_instant
from .next_build import change_in_words
from .output import counted, echo
from .site import Site, config_file_option, find_site, folder_to_read, site_of
from .site_formatter import site_formatter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_incidents.model import History
    from mkdocs_incidents.present.outputs import FeedFormat
    from mkdocs_incidents.publish.reading import Place, Published

_API = "statuspage_api"
_NOTICEABLE_AGE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class _Report:
    """What was found."""

    published: Published
    differences: tuple[Difference, ...]
    next_step: str


def _length_of_option(_context: click.Context, _option: click.Parameter, text: str | None) -> timedelta | None:
    if text is None:
        return None
    try:
        length = read_length(text)
    except WrongValueError as error:
        message = f"{error.message}; {error.hint}"
        raise click.BadParameter(message) from None
    if length is None:
        message = f"{quoted(text)} is no length of time; write one such as 30m or 1h30m"
        raise click.BadParameter(message)
    return length


@click.command(
    short_help="Compare what is published with the files.",
    epilog="Example: incidents verify https://status.example.com/ --grace 45m --quiet",
)
@click.argument("place", metavar="[URL-OR-FOLDER]", required=False)
@click.option(
    "--grace",
    metavar="LENGTH",
    default="0m",
    callback=_length_of_option,
    help="For how long the site may lag behind the files and the clock, such as 45m.  [default: not at all]",
)
@click.option(
    "--max-age",
    metavar="LENGTH",
    callback=_length_of_option,
    help="How old the build may be, such as 2h.  [default: until the next change that incidents next-build gives, "
    "midnight at the latest]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="How long each file may take to come.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print nothing unless something is wrong, for cron.")
@click.option("--json", "as_json", is_flag=True, help="An object with fresh, built_at, differences and error.")
@folder_to_read
@config_file_option
@click.pass_context
def verify(  # noqa: PLR0913  each is an option
    context: click.Context,
    place: str | None,
    *,
    grace: timedelta,
    max_age: timedelta | None,
    timeout: float,
    folder: Path | None,
    config_file: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Compare what is published at URL-OR-FOLDER with what the files here say as of now.

    Compared are the banner, the open incidents, planned work, the newest feed entry, and the time of the build. The
    default is site_url of mkdocs.yml. Only files are read; nothing is built and nothing is written.

    Exits with 0 if all is the same and nothing has changed by time since the build; with 1 if anything differs, is out
    of date or cannot be read; with 2 if the command itself is wrong.
    """
    if folder and not folder.is_dir():
        raise click.UsageError(f"there is no folder '{folder}'; name the folder with components.yml with --folder")
    site = find_site(folder) if folder else site_of(config_file)
    published_at = _place(place, site, timeout)
    now = current_instant()
    try:
        report = _verified(published_at, site, now, grace=grace, max_age=max_age)
    except NotReadError as error:
        if not as_json:
            raise click.ClickException(str(error)) from None
        click.echo(json.dumps({"place": str(published_at), "fresh": False, "error": str(error)}, indent=2))
        context.exit(1)
    if as_json:
        click.echo(json.dumps(_as_dict(published_at, report, now), indent=2))
    elif report.differences or not quiet:
        _print(published_at, report, now)
    context.exit(1 if report.differences else 0)


def _place(typed: str | None, site: Site, timeout: float) -> Place:
    """What was typed as a place to read from; the address of the site where nothing was.

    Raises:
        click.UsageError: it is neither an address by http or https nor a folder.
    """
    if not site.site_url:
        message = "site_url is missing in mkdocs.yml; write there the address of the site, such as "
        raise click.UsageError(f"{message}site_url: https://status.example.com/")
    if typed is None or "://" in typed:
        try:
            return PublishedSite(site_address(typed or site.site_url), timeout)
        except ValueError as error:
            where = "site_url in mkdocs.yml: " if typed is None else ""
            raise click.UsageError(f"{where}{error}") from None
    folder = Path(typed)
    if folder.name == "index.html":
        folder = folder.parent
    if folder.is_dir():
        return PublishedFolder(folder)
    what = "is a file" if folder.exists() else "is no folder here"
    raise click.UsageError(f"'{typed}' {what}; write the address with https://, or name a folder with a built site")


def _verified(place: Place, site: Site, now: datetime, *, grace: timedelta, max_age: timedelta | None) -> _Report:
    """The report on a published site.

    Raises:
        NotReadError: it cannot be read, or the files have errors.
    """
    if _API not in site.outputs:
        raise NotReadError(
            f"the output {_API} is switched off in mkdocs.yml, but its file api/v2/summary.json is needed to compare "
            "the banner and what is open; switch it on"
        )
    form = next((form for form in FEEDS if form.output in site.outputs), None)
    published = read_published(place, site.site_url or "", form)
    if published.built_at > now + TOLERANCE:
        raise NotReadError(
            f"{place} states that it was built at {published.built_at:%Y-%m-%d %H:%M} UTC, which is still to come; "
            "correct the clock of this machine, or of that which builds"
        )
    history = _history(site, now)
    # What a build within the time of grace may have left out is not expected; what that build had is.
    as_of = min(now, max(published.built_at, now - grace))
    files = expected(_context(site, history, as_of, form), form)
    zone = history.catalog.timezone
    due = [change for change in page_changes(history, published.built_at) if change.at <= as_of]
    found = [
        *_out_of_date([change_in_words(change, history.catalog) for change in due], published, now, max_age),
        *differences(files, published.statement, zone),
    ]
    return _Report(
        published=published,
        differences=tuple(found),
        next_step=_next_step(place, site, newer_elsewhere=is_ahead(published.statement, files)),
    )


def _history(site: Site, now: datetime) -> History:
    """Everything in the files.

    Raises:
        NotReadError: they have errors.
    """
    history = load(site.folder, now=now, language=site.language).history
    if history is None:
        raise NotReadError(f"the files in '{site.folder.as_posix()}' have errors; to see them, type: incidents check")
    return history


def _context(site: Site, history: History, as_of: datetime, form: FeedFormat | None) -> SiteContext:
    """What a build at `as_of` makes its files from, with only those outputs on that are compared."""
    known = history.published_by(as_of)
    return SiteContext(
        snapshot=Snapshot.take(known, known.known_at or as_of),
        urls=Urls(site_url=site.site_url or "", directory_urls=site.use_directory_urls),
        formatter=site_formatter(site),
        site_name=site.site_name,
        outputs=Outputs(on=frozenset({_API, *([form.output] if form else [])})),
        built_at=as_of,
    )


def _out_of_date(
    changed: list[str], published: Published, now: datetime, max_age: timedelta | None
) -> Iterator[Difference]:
    """That time alone has changed something since the build, or that the build is older than it may be."""
    built = f"a build of {distance(published.built_at, now)}"
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        yield Difference(about="time", files=f"{changed[0]}{more}", published=built)
    if max_age is not None and now - published.built_at > max_age:
        minutes = max_age // timedelta(minutes=1)
        yield Difference(about="age", files=f"at most {counted(minutes, 'minute')} (--max-age)", published=built)


def _next_step(place: Place, site: Site, *, newer_elsewhere: bool) -> str:
    if newer_elsewhere:
        return "the site has news that these files lack, type: git pull"
    if isinstance(place, PublishedFolder):
        return f"type: {site.build_command} --to {shlex.quote(str(place))}"
    return f"to build it anew, type: {site.build_command}"


def _print(place: Place, report: _Report, now: datetime) -> None:
    published, summary = report.published, report.published.statement.summary
    built = f"built {distance(published.built_at, now)}"
    if not report.differences:
        newest = published.statement.newest
        entry = f", newest feed entry '{newest.title}'" if newest else ""
        incidents = counted(len(summary.incidents), "open incident")
        echo(f"{place} is what the files say: {summary.banner.description}, {incidents}{entry}; {built}")
        return
    for difference in report.differences:
        echo(f"{difference}; {report.next_step}")
    echo(f"{counted(len(report.differences), 'difference')} at {place}, {built}")
    if published.cached >= _NOTICEABLE_AGE:
        echo(
            f"A cache answered with what it got {distance(now - published.cached, now)}; empty it if the site is newer"
        )


def _as_dict(place: Place, report: _Report, now: datetime) -> dict[str, Any]:
    published, banner = report.published, report.published.statement.summary.banner
    return {
        "place": str(place),
        "fresh": not report.differences,
        "built_at": f"{published.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "age_seconds": int((now - published.built_at).total_seconds()),
        "cached_seconds": int(published.cached.total_seconds()),
        "banner": asdict(banner),
        "differences": [asdict(difference) | {"text": str(difference)} for difference in report.differences],
        "next": report.next_step if report.differences else None,
        "error": None,
    }
