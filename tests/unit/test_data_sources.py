"""What data sources may become, and what their health is."""

from datetime import datetime, timedelta, timezone
from uuid import UUID

import attrs
import pytest

from adapters.connectors.timetables import CronTimetable
from domain.kernel.identifiers import DataSourceId
from domain.kernel.periods import Zone
from domain.kernel.schedules import BadCron, CronSchedule
from domain.pipelines.attempts import health_of
from domain.pipelines.source_events import DataSourceDue
from domain.pipelines.source_options import CsvOptions, SourceKind
from domain.pipelines.sources import Connection, DataSourceState, Health, Source, WrongSourceState

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
CONNECTION = Connection(kind=SourceKind.CSV, options=CsvOptions(), address="https://crm.example/a")
SOURCE = Source(id=DataSourceId(UUID(int=1)), name="Guests", connection=CONNECTION)
NEXT = CronTimetable().next_after


def test_it_is_read_only_once_it_was_reached() -> None:
    with pytest.raises(WrongSourceState):
        SOURCE.activated(now=NOW)

    active = SOURCE.verified(now=NOW).activated(now=NOW)

    active.must_be_active()
    assert active.paused(now=NOW).activated(now=NOW).state is DataSourceState.ACTIVE


def test_reached_otherwise_it_is_a_draft_again_and_renamed_it_is_not() -> None:
    active = SOURCE.verified(now=NOW).activated(now=NOW)
    elsewhere = attrs.evolve(CONNECTION, address="https://crm.example/b")

    assert active.changed(into=attrs.evolve(active, name="Else"), now=NOW).state is active.state
    moved = active.changed(into=attrs.evolve(active, connection=elsewhere), now=NOW)

    assert moved.state is DataSourceState.DRAFT


def test_what_is_archived_stays_so() -> None:
    archived = SOURCE.archived(now=NOW)

    for further in (archived.archived, archived.activated, archived.paused):
        with pytest.raises(WrongSourceState):
            further(now=NOW)
    with pytest.raises(WrongSourceState):
        archived.changed(into=archived, now=NOW)


def test_only_an_active_one_is_told_to_be_due() -> None:
    active = SOURCE.verified(now=NOW).activated(now=NOW)

    told = active.came_due(next_due_at=NOW + timedelta(days=1), now=NOW)

    assert isinstance(told.events[-1], DataSourceDue)
    assert told.next_due_at == NOW + timedelta(days=1)
    assert not SOURCE.came_due(next_due_at=None, now=NOW).events


@pytest.mark.parametrize(
    ("latest", "health"),
    [
        ([], Health.UNKNOWN),
        ([True], Health.HEALTHY),
        ([False], Health.UNHEALTHY),
        ([True, False, False, False], Health.DEGRADED),
        ([False, True], Health.DEGRADED),
        ([False, False, False, True], Health.UNHEALTHY),
        ([True] * 20 + [False], Health.HEALTHY),
    ],
)
def test_health_follows_from_the_latest_attempts(latest: list[bool], health: Health) -> None:
    assert health_of(latest) is health


@pytest.mark.parametrize(
    "cron",
    [
        "",
        "every day",
        "* * * *",
        "0 0 * * * *",
        "61 * * * *",
        "0 0 31 2 *",
        "0 24 * * *",
        "@daily",
    ],
)
def test_text_that_means_nothing_is_no_schedule(cron: str) -> None:
    with pytest.raises(BadCron):
        NEXT(CronSchedule.there(cron, "Europe/London"), NOW)


def test_there_is_no_schedule_in_no_zone() -> None:
    with pytest.raises(BadCron):
        CronSchedule.there("0 0 * * *", "Europe/Atlantis")


@pytest.mark.parametrize(
    ("cron", "after", "at"),
    [
        # The clock in London skips from 01:00 to 02:00 on 29 March 2026.
        ("30 1 * * *", "2026-03-28T12:00Z", "2026-03-29T01:00Z"),
        ("30 1 * * *", "2026-03-29T01:00Z", "2026-03-30T00:30Z"),
        # It shows 01:30 twice on 25 October 2026, and the job is done once.
        ("30 1 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z"),
        ("30 1 * * *", "2026-10-25T00:30Z", "2026-10-26T01:30Z"),
        ("0 9 * * 1-5", "2026-10-23T09:00Z", "2026-10-26T09:00Z"),
        ("*/15 * * * *", "2026-10-25T00:50Z", "2026-10-25T01:00Z"),
    ],
)
def test_it_goes_by_the_clock_on_the_wall(cron: str, after: str, at: str) -> None:
    schedule = CronSchedule(cron=cron, zone=Zone("Europe/London"))

    assert NEXT(schedule, datetime.fromisoformat(after)) == datetime.fromisoformat(at)
