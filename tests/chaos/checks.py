"""What has to be true afterwards, each by the name of its checker; all return what is wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tests.chaos.customers import Line
from tests.chaos.hotel import Hotel
from tests.chaos.journal import Journal, Kill, Told, Write
from tests.chaos.letters import Letter

Bookings = Mapping[str, Mapping[str, Any]]
Events = Sequence[Mapping[str, Any]]

# What may have become, without anybody asking, of a booking in the state that was acknowledged.
MAY_BE: Mapping[str, frozenset[str]] = {
    "held": frozenset({"held", "expired"}),
    "confirmed": frozenset({"confirmed"}),
    "cancelled": frozenset({"cancelled"}),
    "released": frozenset({"released"}),
}
# And what only asking for it makes of it.
LATER: Mapping[str, frozenset[str]] = {
    "held": frozenset({"confirmed", "cancelled", "released"}),
    "confirmed": frozenset({"cancelled"}),
    "cancelled": frozenset(),
    "released": frozenset(),
}
HAPPENED = {
    "held": "booking_held",
    "confirmed": "booking_confirmed",
    "cancelled": "booking_cancelled",
    "released": "booking_released",
}
NEVER = float("inf")
TRIES = 3  # some ask a provider with whom things go wrong
GONE: Mapping[str, Any] = {"state": "gone"}


def vacuous(kills: Sequence[Kill]) -> list[str]:
    """Kills that cannot have harmed anybody."""
    return [f"{kill.victim}: nothing was cut off" for kill in kills if not kill.cut_off]


def lost(journal: Journal, found: Bookings) -> list[str]:
    """The set checker: what was acknowledged and is not there, or not that far."""
    return [
        f"{id} was {state} and is {now}"
        for id, state, now in _then_and_now(journal, found)
        if now not in MAY_BE[state] | LATER[state]
    ]


def unexplained(journal: Journal, found: Bookings) -> list[str]:
    """Of one result per key: what is there and was nobody's answer, so a key had two effects.

    A booking that was paid for is confirmed by that.
    """
    further = [
        f"{id} was {state} and is {now}, which nobody was told"
        for id, state, now in _then_and_now(journal, found)
        if now in LATER[state] and not (now == "confirmed" and id in journal.paid)
    ]
    answers = {write.id for write in journal.done() if write.state}
    return further + [
        f"{id} is nobody's, {found[id]['state']}" for id in found if id not in answers
    ]


def _then_and_now(journal: Journal, found: Bookings) -> Sequence[tuple[str, str, str]]:
    """Of each booking, as what it was last acknowledged and what it is now."""
    acknowledged = {write.id: write.state for write in journal.done() if write.state}
    return [(id, state, found.get(id, GONE)["state"]) for id, state in acknowledged.items()]


def repeated_effects(journal: Journal, events: Events) -> list[str]:
    """Of one result per key: what happened to a booking more or less often than was answered."""
    answered = Counter((w.id, HAPPENED[w.state]) for w in journal.done() if w.state)
    happened = Counter(
        (event["subject"], event["name"]) for event in events if event["name"] in HAPPENED.values()
    )
    by_paying = {(id, "booking_confirmed") for id in journal.paid}
    answered.update(by_paying & happened.keys())
    return [
        f"{what}: {answered[what]} answered, {happened[what]} happened"
        for what in answered | happened
        if answered[what] != happened[what]
    ]


async def changed_answers(line: Line, writes: Sequence[Write]) -> list[str]:
    """Of one result per key: every key once more has to get the answer it got."""
    wrong = []
    for write in writes:
        again = None
        for _ in range(TRIES):
            again = again or await line.attempt(write)
        assert write.told is not None
        if again is None or not again.replayed or _said(again) != _said(write.told):
            wrong.append(f"{write.path} {write.key}: {write.told}, then {again}")
    return wrong


def _said(told: Told) -> tuple[object, ...]:
    return told.status, told.body, told.tag


def oversold(journal: Journal, hotel: Hotel) -> list[str]:
    """More customers in possession of the wanted night, at some moment, than it has rooms.

    One is in possession for certain from the answer to the hold until asking to be rid of it.
    """
    wanted = hotel.wanted_night.isoformat()
    ends = {write.path.split("/")[3]: write.begun_at for write in _giving_back(journal)}
    moments = []
    for write in journal.done():
        if write.path == "/v1/holds" and write.told and _night(write.told) == wanted:
            moments += [(write.told_at, 1), (ends.get(write.id, NEVER), -1)]
    most = now = 0
    for _, change in sorted(moments):  # at the same moment, leaving comes first
        most = max(most, now := now + change)
    return [f"{most} were sold of {hotel.capacity}"] if most > hotel.capacity else []


def _giving_back(journal: Journal) -> Sequence[Write]:
    return [w for w in journal.writes if w.path.endswith(("/release", "/cancel"))]


def _night(told: Told) -> str:
    return str(told.body["agreement"]["starts_at"])[:10]


def skipped(followed: Events, events: Events) -> list[str]:
    """Gaps in the feed, and what somebody who followed it as it grew saw otherwise."""
    wrong = [
        f"position {event['position']} where {place} was due"
        for place, event in enumerate(events, start=1)
        if event["position"] != place
    ]
    if followed != events:
        wrong.append(f"the follower saw {len(followed)} events, other than the {len(events)}")
    return wrong


def misinformed(found: Bookings, letters: Counter[Letter]) -> list[str]:
    """Customers who were not written to exactly once about how their booking stands."""
    wrong = []
    for booking in found.values():
        reference, state = booking["reference"], booking["state"]
        confirmed, cancelled = letters[reference, "confirmed"], letters[reference, "cancelled"]
        right = {
            "confirmed": (confirmed, cancelled) == (1, 0),
            # The news that it was confirmed may have been no news any more.
            "cancelled": confirmed <= 1 and cancelled == 1,
        }.get(state, confirmed == cancelled == 0)
        if not right:
            wrong.append(f"{reference} {state}: {confirmed} confirmed, {cancelled} cancelled")
    return wrong
