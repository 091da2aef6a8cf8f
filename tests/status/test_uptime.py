"""Uptime of spans and months, and the targets it is held against."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_incidents.model import ComponentStatus
from mkdocs_incidents.status import DEFAULT_WEIGHTS, Month, Snapshot, Uptime, month_uptime, slo_breached, uptime
from tests.makers import at, catalog, component, history, incident, maintenance, span, states, update

if TYPE_CHECKING:
    from mkdocs_incidents.model import Notice

NOW = at("2026-04-30 00:00")
APRIL = Month(2026, 4)
DAY = span("2026-04-06 00:00", "2026-04-07 00:00")


def snapshot(*notices: Notice, now: str = "2026-04-30 00:00", zone: str = "UTC", **fields: Any) -> Snapshot:
    return Snapshot.take(history(*notices, of=catalog(component("web", **fields), zone=zone)), at(now))


def downtime(*notices: Notice, **fields: Any) -> Fraction:
    """Weighted minutes on the sixth of April."""
    return uptime(snapshot(*notices, **fields), "web", DAY).counted / 60


def broken(start: str, end: str, status: str, **fields: Any) -> Notice:
    begun = f"2026-04-06 {start}"
    return incident(begun, resolved=f"2026-04-06 {end}", components=states(web=status), id=start + status, **fields)


@pytest.mark.parametrize(
    ("status", "counted"),
    [("major_outage", 60), ("partial_outage", 18), ("degraded_performance", 0), ("under_maintenance", 0)],
)
def test_an_hour_counts_by_the_weight_of_its_state(status: str, counted: int) -> None:
    assert downtime(broken("10:00", "11:00", status)) == counted


def test_incidents_at_once_count_once_by_the_worst() -> None:
    assert downtime(broken("10:00", "11:00", "partial_outage"), broken("10:30", "11:30", "major_outage")) == 9 + 60


def test_the_worst_weight_counts_even_where_it_is_not_that_of_the_worst_state() -> None:
    weights = {**DEFAULT_WEIGHTS, ComponentStatus.UNDER_MAINTENANCE: Fraction(1, 2)}
    work = maintenance("2026-04-06 10:00", "2026-04-06 11:00", components=states(web="under_maintenance"))
    both = snapshot(work, broken("10:00", "11:00", "partial_outage"))
    found = uptime(both, "web", DAY, weights)
    assert found.counted == 30 * 60
    assert found.time_in == {ComponentStatus.PARTIAL_OUTAGE: timedelta(hours=1)}


def test_an_open_incident_counts_until_now() -> None:
    still = incident("2026-04-06 10:00", components=states(web="major_outage"))
    assert downtime(still, now="2026-04-06 10:20") == 20


def test_an_incident_over_several_days_counts_on_each() -> None:
    long = incident("2026-04-05 23:00", resolved="2026-04-07 01:00", components=states(web="major_outage"))
    assert downtime(long) == 24 * 60


def test_nothing_is_claimed_before_since_and_from_retirement_on() -> None:
    whole = broken("00:00", "23:00", "major_outage")
    assert uptime(snapshot(whole, since=date(2026, 4, 7)), "web", DAY).ratio is None
    assert uptime(snapshot(whole, retired=date(2026, 4, 6)), "web", DAY).percent is None
    week = span("2026-04-01 00:00", "2026-04-08 00:00")
    short = uptime(snapshot(whole, since=date(2026, 4, 6), retired=date(2026, 4, 7)), "web", week)
    assert short.observed == timedelta(days=1)
    assert short.ratio == Fraction(1, 24)


def test_a_component_in_one_notice_alone_leaves_the_others_untouched() -> None:
    both = history(broken("10:00", "11:00", "major_outage"), of=catalog("web", "mail"))
    assert uptime(Snapshot.take(both, NOW), "mail", DAY).percent == 100


def test_asking_for_an_unknown_component_is_an_error() -> None:
    with pytest.raises(KeyError):
        uptime(snapshot(), "wbe", DAY)


@pytest.mark.parametrize(
    ("counted", "percent"),
    [(0, "100.00"), (Fraction(1, 10**6), "99.99"), (1, "99.99"), (86399, "0.00"), (86400, "0.00"), (28800, "66.66")],
)
def test_percent_is_rounded_down_so_that_100_means_nothing_was_counted(counted: Fraction, percent: str) -> None:
    found = Uptime(observed=timedelta(days=1), counted=Fraction(counted), time_in={})
    assert str(found.percent) == percent


def test_a_month_is_cut_in_the_catalogues_zone() -> None:
    late = incident("2026-04-30 23:30", resolved="2026-05-01 00:30", components=states(web="major_outage"), zone="UTC")
    lagos = snapshot(late, now="2026-06-01 00:00", zone="Africa/Lagos")
    assert month_uptime(lagos, "web", APRIL).counted == 0
    assert month_uptime(lagos, "web", APRIL.next).counted == 3600


def test_a_month_that_goes_on_is_observed_until_now() -> None:
    assert month_uptime(snapshot(now="2026-04-02 12:00"), "web", APRIL).observed == timedelta(days=1, hours=12)


def test_a_month_can_be_cut_at_an_instant_of_the_past() -> None:
    broken = incident("2026-04-02 06:00", resolved="2026-04-02 08:00", components=states(web="major_outage"))
    site = snapshot(broken, now="2026-04-03 12:00")
    cut = month_uptime(site, "web", APRIL, until=at("2026-04-02 07:00"))
    assert cut.observed == timedelta(days=1, hours=7)
    assert cut.counted == 3600
    assert not month_uptime(site, "web", APRIL, until=at("2026-03-31 00:00")).observed
    assert month_uptime(site, "web", APRIL, until=at("2026-06-01 00:00")) == month_uptime(site, "web", APRIL)


def test_a_target_is_breached_by_a_second_too_much_and_met_to_the_second() -> None:
    # 99.9 percent of 30 days leave 43 minutes and 12 seconds.
    until = update("2026-04-06 10:43", "resolved")
    met = incident("2026-04-06 10:00", until, components=states(web="major_outage"), resolved="2026-04-06 10:43:12")
    missed = incident("2026-04-06 10:00", until, components=states(web="major_outage"), resolved="2026-04-06 10:43:13")
    assert slo_breached(snapshot(met, now="2026-06-01 00:00", slo=Decimal("99.9")), "web", APRIL) is False
    assert slo_breached(snapshot(missed, now="2026-06-01 00:00", slo=Decimal("99.9")), "web", APRIL) is True


def test_a_target_is_not_breached_while_the_month_can_still_meet_it() -> None:
    early = incident("2026-04-01 00:00", resolved="2026-04-01 00:40", components=states(web="major_outage"))
    so_far = snapshot(early, now="2026-04-01 01:00", slo=Decimal("99.9"))
    assert month_uptime(so_far, "web", APRIL).ratio == Fraction(1, 3)
    assert slo_breached(so_far, "web", APRIL) is False
    retiring = snapshot(early, now="2026-04-01 01:00", slo=Decimal("99.9"), retired=date(2026, 4, 3))
    assert slo_breached(retiring, "web", APRIL) is True


def test_without_target_or_data_nothing_is_breached_or_met() -> None:
    assert slo_breached(snapshot(), "web", APRIL) is None
    assert slo_breached(snapshot(slo=Decimal("99.9"), since=date(2026, 5, 1)), "web", APRIL) is None
