"""What figures about calls are read from, on every database."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from uuid import uuid4

import attrs
import pytest
from sqlalchemy import delete, update

from adapters.readers.call_figures import SqlCallFigureViews
from adapters.readers.verification_call_figures import call_figure_checks
from adapters.repositories.rebuilt_figures import SqlRebuilding
from adapters.schema.call_figures import call_figures, call_group_days, call_hours
from adapters.schema.events import receipts
from adapters.sql.databases import open_database
from application.analytics.asking import Span
from application.analytics.call_views import Axis, CallQuestion, CallsMeeting, Grouping, Part
from application.analytics.count_calls import CountCalls
from application.kernel.pages import Slice
from domain.analytics.call_totals import CallTotals, total
from domain.analytics.counted_calls import Thresholds
from domain.analytics.intervals import Granularity
from domain.calls.call import Call, Direction, Handler
from domain.kernel.identifiers import ActorId, AgentId, OrganizationId, QueueId
from domain.kernel.periods import Period, Zone
from entrypoints.wiring.ambient import pause
from tests.contract.databases import PATIENT
from tests.contract.relays import number_all, relay_on
from tests.contract.storages import SqlStorage
from tests.contract.test_statement_budgets import counting
from tests.fakes.time import Time
from tests.http.counted_calls import BEGAN, past_call
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)
DAY = Period(BEGAN.replace(hour=0, minute=0), BEGAN.replace(hour=0, minute=0) + 24 * HOUR)
QUESTION = CallQuestion(span=Span(period=DAY, zone=Zone("UTC")))
OURS = DESK.organization_id
LISBON = Zone("Europe/Lisbon")

CALLS = (
    past_call(waited=20, held=30, wrapped=5, qa_milli=799, sentiment_milli=0, template="a"),
    past_call(at=BEGAN + HOUR, waited=21, qa_milli=800, sentiment_milli=-400, escalated=True),
    past_call(at=BEGAN + HOUR, waited=4, talked=None),
    past_call(at=BEGAN + 2 * HOUR, direction=Direction.OUTBOUND, sentiment_milli=700),
    past_call(at=BEGAN + 14 * HOUR, qa_milli=100, sentiment_milli=-900),
)


@pytest.fixture
def views(sql: SqlStorage) -> SqlCallFigureViews:
    return SqlCallFigureViews(database=sql.database, clock=Time(NOW))


async def kept(sql: SqlStorage, calls: Sequence[Call]) -> None:
    for call in calls:
        await sql.work(DESK, lambda work, call=call: work.calls.save(call))  # type: ignore[misc]
    await heard(sql)


async def heard(sql: SqlStorage) -> None:
    relay = relay_on(sql.database)
    await number_all(relay)
    await relay.deliver(CountCalls(), OURS, limit=100)


async def test_sums_and_calls_give_the_same_totals(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    await kept(sql, CALLS)

    for axis in Axis:
        question = attrs.evolve(QUESTION, axis=axis)
        totals = await views.totals(DESK, question)
        parts = [
            await views.totals(DESK, attrs.evolve(question, meeting=CallsMeeting(inbound=inbound)))
            for inbound in (True, False)
        ]
        assert totals == parts[0] + parts[1]
    assert (await views.totals(DESK, QUESTION)).calls == len(CALLS)
    stricter = attrs.evolve(QUESTION, thresholds=Thresholds(answer_within=timedelta(seconds=21)))
    assert (await views.totals(DESK, QUESTION)).answered_in_time == 2
    assert (await views.totals(DESK, stricter)).answered_in_time == 3


async def test_sums_and_the_calls_at_the_ends_give_the_same_numbers(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    await kept(sql, CALLS)
    odd = Period(BEGAN + timedelta(seconds=21), BEGAN + 14 * HOUR + timedelta(seconds=1))
    strict = Thresholds(answer_within=timedelta(seconds=20, milliseconds=0.5))

    zones, directions = ("UTC", "Asia/Kolkata") * 2, (None, True, False)
    for (axis, zone), inbound in product(zip(Axis, zones, strict=True), directions):
        span = Span(period=odd, zone=Zone(zone))
        question = CallQuestion(span=span, axis=axis, meeting=CallsMeeting(inbound=inbound))
        of_calls = attrs.evolve(question, thresholds=strict)
        for interval in (Granularity.HOUR, Granularity.DAY):
            of_sums = await views.series(DESK, question, interval)
            assert of_sums == await views.series(DESK, of_calls, interval)
            assert await views.totals(DESK, question) == total(one for _, one in of_sums)


async def test_intervals_groups_and_lengths(sql: SqlStorage, views: SqlCallFigureViews) -> None:
    await kept(sql, CALLS)

    series = await views.series(DESK, QUESTION, Granularity.HOUR)
    groups = await views.groups(DESK, QUESTION, Grouping.TEMPLATE)
    lengths = await views.lengths(DESK, QUESTION, Part.HOLD)

    busy = {period.starts_at.hour: totals.calls for period, totals in series if totals.calls}
    assert busy == {9: 1, 10: 2, 11: 1, 23: 1}
    assert len(series) == 24
    assert {key: totals.calls for key, totals in groups.items()} == {"a": 1, None: 4}
    assert lengths == [(0, 3), (30_000, 1)]


async def test_sums_of_days_and_calls_give_the_same_groups(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    """However a time lies to days of UTC."""
    handlers = [Handler(actor_id=ActorId(uuid4()), agent_id=AgentId(uuid4())) for _ in range(2)]
    later = past_call(at=BEGAN + 40 * HOUR, template="a", queue_id=QueueId(uuid4()))
    calls = [
        past_call(at=at * HOUR + BEGAN, handler=handlers[at % 2], qa_milli=at, template="b")
        for at in range(0, 60, 7)
    ]
    await kept(sql, [*CALLS, later, *calls])
    strict = Thresholds(answer_within=timedelta(seconds=20, milliseconds=0.5))

    for ahead, long in ((0, 24), (0, 72), (-9, 57), (-9.5, 60), (1, 20), (14, 27)):
        since = BEGAN + ahead * HOUR
        question = CallQuestion(span=Span(period=Period(since, since + long * HOUR), zone=LISBON))
        for by in Grouping:
            of_sums = await views.groups(DESK, question, by)
            of_calls = attrs.evolve(question, thresholds=strict)
            assert of_sums == await views.groups(DESK, of_calls, by)
        for meeting in (
            CallsMeeting(template="a"),
            CallsMeeting(handler_id=handlers[0].actor_id),
            CallsMeeting(agent_id=handlers[1].agent_id),
            CallsMeeting(agent_id=handlers[1].agent_id, template="b"),
            CallsMeeting(template="b", inbound=False),
        ):
            totals = await views.totals(DESK, attrs.evolve(question, meeting=meeting))
            of_calls = attrs.evolve(question, meeting=meeting, thresholds=strict)
            assert totals == await views.totals(DESK, of_calls)


async def test_who_has_no_calls_any_more_is_no_group(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    call = past_call(template="a")
    saved = await sql.work(DESK, lambda work: work.calls.save(call))
    await heard(sql)

    moved = attrs.evolve(saved, template="b", events=call.events)
    await kept(sql, [moved])

    groups = await views.groups(DESK, QUESTION, Grouping.TEMPLATE)
    assert {key: totals.calls for key, totals in groups.items()} == {"b": 1}


async def test_the_calls_behind_a_number_come_page_by_page(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    await kept(sql, CALLS)

    first = await views.behind(DESK, QUESTION, "scored", Slice(limit=2))
    rest = await views.behind(DESK, QUESTION, "scored", Slice(limit=2, after=first.next))

    assert [call.id for call in (*first.items, *rest.items)] == [
        CALLS[0].id,
        CALLS[1].id,
        CALLS[4].id,
    ]
    assert rest.next is None


async def test_what_is_heard_twice_counts_once(sql: SqlStorage, views: SqlCallFigureViews) -> None:
    await kept(sql, CALLS)
    before = await views.totals(DESK, QUESTION)
    await sql.database.write(
        lambda connection: connection.execute(
            delete(receipts).where(receipts.c.organization_id == OURS)
        ),
        of=OURS,
    )

    await heard(sql)

    assert await views.totals(DESK, QUESTION) == before


async def test_all_of_it_is_built_anew_from_the_event_log(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    await kept(sql, CALLS)
    before = await views.totals(DESK, QUESTION)
    groups = await views.groups(DESK, QUESTION, Grouping.TEMPLATE)
    for broken in (
        update(call_group_days).where(call_group_days.c.organization_id == OURS).values(calls=7),
        update(call_hours).where(call_hours.c.organization_id == OURS).values(calls=7, scores=9),
        delete(call_figures).where(
            call_figures.c.organization_id == OURS, call_figures.c.template == "a"
        ),
    ):
        await sql.database.write(lambda connection: connection.execute(broken), of=OURS)  # noqa: B023
    assert await views.totals(DESK, QUESTION) != before

    rebuilt = await SqlRebuilding(database=sql.database, new_id=uuid4)(OURS)

    assert rebuilt == len(CALLS)
    assert await views.totals(DESK, QUESTION) == before
    assert await views.groups(DESK, QUESTION, Grouping.TEMPLATE) == groups


async def test_what_is_still_to_be_heard_is_not_compared(sql: SqlStorage) -> None:
    """Of each organization by itself, however many calls it has."""
    await kept(sql, CALLS)
    await sql.work(OTHER_DESK, lambda work: work.calls.save(past_call()))
    uncounted = delete(call_figures).where(
        call_figures.c.organization_id == OURS, call_figures.c.template == "a"
    )

    url = sql.database.engine.url.render_as_string(hide_password=False)
    # Checks are about all organizations, which nobody else may ask of.
    owner = open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)

    async def found() -> set[tuple[str, OrganizationId]]:
        checks = call_figure_checks()
        findings = [one for check in checks for one in await owner.read(check, of=OURS)]
        return {(one.check, one.organization_id) for one in findings}

    assert await found() == set()
    await sql.database.write(lambda connection: connection.execute(uncounted), of=OURS)
    assert ("calls_are_counted_as_they_are", OURS) in await found()
    await owner.close()


async def test_until_when_all_is_counted_is_told(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    await kept(sql, CALLS[:1])
    assert await views.as_of(DESK) == NOW

    await sql.work(DESK, lambda work: work.calls.save(CALLS[1]))

    assert await views.as_of(DESK) == min(NOW, CALLS[1].ended_at or NOW)


async def test_other_organizations_count_their_own(
    sql: SqlStorage, views: SqlCallFigureViews
) -> None:
    await kept(sql, CALLS)
    other = attrs.evolve(DESK, organization_id=OrganizationId(uuid4()))

    assert await views.totals(other, QUESTION) == CallTotals()
    assert await views.groups(other, QUESTION, Grouping.AGENT) == {}


async def test_a_call_is_counted_with_as_many_statements_as_any_other(sql: SqlStorage) -> None:
    costs = []
    for call in CALLS[:3]:
        await sql.work(DESK, lambda work, call=call: work.calls.save(call))  # type: ignore[misc]
        await number_all(relay_on(sql.database))
        with counting(sql.database) as statements:
            await relay_on(sql.database).deliver(CountCalls(), OURS, limit=1)
        costs.append(len(statements))

    assert costs[2] <= costs[1] <= 10
