"""How the whole installation stands, for whoever operates it: sums over all organizations."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

import attrs

from application.kernel.care import Vitals

NOTHING = timedelta()


@attrs.frozen(kw_only=True)
class Standing:
    """What waits, and for how long the oldest of it has. `unheard` is by subscriber.

    `late_for` is by what has schedules: how long the first has been due, nought if none is.
    """

    events_waiting: int = 0
    events_waiting_for: timedelta = NOTHING
    unheard: Mapping[str, int] = attrs.field(factory=dict)
    jobs_waiting: int = 0
    unresolved_payments: int = 0
    unresolved_for: timedelta = NOTHING
    holds_overdue_for: timedelta = NOTHING
    late_for: Mapping[str, timedelta] = attrs.field(factory=dict)
    calls_live: int = 0
    escalations_open: int = 0
    schema_is_current: bool = True
    clocks_differ_by: timedelta = NOTHING
    vitals: Vitals = attrs.field(factory=Vitals)


class Standings(Protocol):
    async def __call__(self) -> Standing:
        """Raises Unavailable."""
        ...


class SelfChecks(Protocol):
    """The invariants that cost money when broken, looked at while everything runs."""

    async def __call__(self) -> Mapping[str, int]:
        """How many findings each check has, those with none included."""
        ...
