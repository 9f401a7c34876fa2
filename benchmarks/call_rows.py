"""A year of calls at a desk, written as rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from adapters.schema.calls import calls
from benchmarks.stages import Stage

YEAR = timedelta(days=365)
BEGAN = datetime(2026, 1, 1, tzinfo=timezone.utc)
AT_ONCE = 10_000
STATUSES = {
    "completed": 80,
    "no_answer": 8,
    "busy": 5,
    "failed": 3,
    "cancelled": 3,
    "rejected": 1,
}
HANDLERS, AGENTS, DISPOSITIONS = (
    [UUID(int=kind << 64 | number) for number in range(number)]
    for kind, number in ((1, 40), (2, 40), (3, 12))
)
TEMPLATES = ("sales", "support", "call-back", "survey", "complaint")
OURS = "+351210000000"
MOST_NUMBERS = 100_000
JUDGED = 0.7
ESCALATED = 0.05


def number_of(customer: int) -> str:
    return f"+3519{customer:08}"


async def write_calls(on: Stage, many: int) -> None:
    """Calls in the order in which they began, evenly over the year.

    Nobody handled those that came to nothing.
    """
    random = Random(1)
    database, of = on.container.database(), on.actor.organization_id
    for first in range(0, many, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, many))
        rows = list(_rows(random, of, numbers, many))

        def write(connection: Connection, rows: Sequence[Mapping[str, Any]] = rows) -> None:
            connection.execute(insert(calls), rows)

        await database.write(write, of=of)
    await on.analyze()


def _rows(
    random: Random, of: UUID, numbers: Sequence[int], many: int
) -> Iterator[Mapping[str, Any]]:
    statuses = random.choices(list(STATUSES), list(STATUSES.values()), k=len(numbers))
    for number, status in zip(numbers, statuses, strict=True):
        began = BEGAN + YEAR * (number / many)
        talked = status == "completed"
        seconds = min(int(random.expovariate(1 / 240)), 3600) if talked else 0
        judged = talked and random.random() < JUDGED
        customer = number_of(random.randrange(MOST_NUMBERS))
        inbound = random.random() < 0.6
        yield {
            "organization_id": of,
            "id": UUID(int=number),
            "version": 3,
            "direction": "inbound" if inbound else "outbound",
            "status": status,
            "provider": "simulator",
            "provider_call": f"SC{number:032x}",
            "caller": customer if inbound else OURS,
            "called": OURS if inbound else customer,
            "handler_id": random.choice(HANDLERS) if talked else None,
            "agent_id": random.choice(AGENTS) if talked else None,
            "template": random.choice(TEMPLATES),
            "disposition_id": random.choice(DISPOSITIONS) if talked else None,
            "started_at": began,
            "answered_at": began if talked else None,
            "ended_at": began + timedelta(seconds=seconds),
            "seconds": seconds,
            "qa_milli": max(0, min(1000, int(random.gauss(750, 120)))) if judged else -1,
            "sentiment_milli": max(-1000, min(1000, int(random.gauss(100, 300))))
            if judged
            else None,
            "escalated": random.random() < ESCALATED,
            "people": {"caller": customer, "called": None, "metadata": {}, "ending_note": ""},
            "details": {},
        }
