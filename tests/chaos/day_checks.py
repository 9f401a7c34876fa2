"""What has to be true of calls when a day is over; all return what is wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from adapters.telephony_simulator.exchange import SimulatedCall
from adapters.telephony_simulator.telephony import STATUSES
from domain.calls.status import ENDS
from tests.chaos.checks import Events
from tests.chaos.journal import Journal

Calls = Mapping[str, Mapping[str, Any]]
Entries = Sequence[Mapping[str, Any]]

ENDED = {status.value for status in ENDS}
OFFERED, ACCEPTED = "escalation_offered", "escalation_accepted"
OVER = {
    "escalation_completed",
    "escalation_cancelled",
    "escalation_failed",
    "escalation_callback_scheduled",
    "escalation_message_taken",
}
GIVES_UP = {"escalation_offer_ended", "escalation_queued", *OVER}
MOST_LOST, A_FEW = 0.04, 5


def not_over(calls: Calls) -> list[str]:
    return [
        f"{id} is {call['status']}" for id, call in calls.items() if call["status"] not in ENDED
    ]


def ended_otherwise(calls: Calls, simulated: Sequence[SimulatedCall]) -> list[str]:
    """Than the line says; whoever at the desk hung up decides how a call has ended."""
    named = {call["provider_call"]: call for call in calls.values()}
    wrong = [f"{one.id} is not known" for one in simulated if one.id not in named]
    for one in simulated:
        call, there = named.get(one.id), STATUSES[one.status].value
        if call is None or call["ending"] is not None:
            continue
        if there not in (call["status"], call["conflict"]):
            wrong.append(f"{call['id']} is {call['status']}, the line says {there}")
    return wrong


def rung_twice(calls: Calls, simulated: Sequence[SimulatedCall], journal: Journal) -> list[str]:
    """More than was asked for, or than came in."""
    asked = sum(write.is_done for write in journal.writes if write.path == "/v1/calls")
    placed = sum(not one.inbound for one in simulated)
    came_in = sum(one.inbound for one in simulated)
    ways = Counter(call["direction"] for call in calls.values())
    right = (ways["outbound"], ways["inbound"]) == (placed, came_in) and placed == asked
    return [] if right else [f"{asked} asked for, {placed} placed, {came_in} came in, {ways}"]


def ended_twice(calls: Calls, events: Events) -> list[str]:
    """One end each, and nobody answers after it."""
    wrong, ended = [], Counter[str]()
    for event in events:
        call = str(event["data"].get("call_id"))
        if event["name"] == "call_ended":
            ended[call] += 1
        elif event["name"] == "call_answered" and ended[call]:
            wrong.append(f"{call} was answered after its end")
    return wrong + [f"{call} has ended {ended[call]} times" for call in calls if ended[call] != 1]


def held_twice(events: Events) -> list[str]:
    """Agents with two callers at once: from the offer until the escalation has another state."""
    wrong, busy, with_whom = [], dict[str, str](), dict[str, str]()
    for event in events:
        name, escalation = event["name"], str(event["data"].get("escalation_id"))
        if name in GIVES_UP and escalation in with_whom:
            busy.pop(with_whom.pop(escalation))
        if name == OFFERED:
            agent = str(event["data"]["agent_id"])
            if agent in busy:
                wrong.append(f"{agent} was offered {escalation} and had {busy[agent]}")
            busy[agent], with_whom[escalation] = escalation, agent
    return wrong + [f"{agent} still has {escalation}" for agent, escalation in busy.items()]


def lost_escalations(
    journal: Journal, escalations: Mapping[str, Mapping[str, Any]], events: Events
) -> list[str]:
    """Not there though it was acknowledged, still open, or without an end in the log."""
    asked = [w.id for w in journal.done() if w.path == "/v1/escalations"]
    over = Counter(str(e["subject"]) for e in events if e["name"] in OVER)
    wrong = [f"{id} was acknowledged and is not there" for id in asked if id not in escalations]
    wrong += [f"{id} is {one['state']}" for id, one in escalations.items() if not one["ended_at"]]
    return wrong + [f"{id} has ended {over[id]} times" for id in escalations if over[id] != 1]


@attrs.frozen(kw_only=True)
class Story:
    """What the timeline shows, and what had happened before and after it was read."""

    call: Mapping[str, Any]
    news: Entries
    before: Events
    timeline: Entries
    after: Events


def incomplete(story: Story) -> list[str]:
    """Whatever the line has told, and whatever happened to the call, stands in it once."""
    told = Counter((one["at"], one["event"]) for one in story.news)
    lines = Counter((one["at"], one["name"]) for one in story.timeline if _of_line(one))
    shown = Counter(str(one["name"]) for one in story.timeline if not _of_line(one))
    times = [one["at"] for one in story.timeline]
    faults = {
        "misses what the line told": told - lines,
        "misses what happened": Counter(one["name"] for one in story.before) - shown,
        "has what did not happen": shown - Counter(one["name"] for one in story.after),
        "is out of order": [] if times == sorted(times) else times,
    }
    return [f"{story.call['id']} {what}: {found}" for what, found in faults.items() if found]


def _of_line(entry: Mapping[str, Any]) -> bool:
    return bool(entry["source"] == "line")


@attrs.frozen(kw_only=True)
class Sent:
    """How often the line has told of each call, and for good: it is not going to once more."""

    at_all: Mapping[str, int]
    for_good: Mapping[str, int]


def unheard(sent: Sent, heard: Mapping[str, int]) -> list[str]:
    """More of what the line has sent than goes astray; or what it has never sent."""
    invented = Counter(heard) - Counter(sent.at_all)
    wrong = [f"{call} was told of {more} times too often" for call, more in invented.items()]
    missing = (Counter(sent.for_good) - Counter(heard)).total()
    if missing > MOST_LOST * sum(sent.for_good.values()) + A_FEW:
        wrong.append(f"{missing} of {sum(sent.for_good.values())} were never heard")
    return wrong
