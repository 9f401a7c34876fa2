"""The checkers of a day of calls find what they are there to find."""

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from adapters.telephony_simulator.exchange import SimulatedCall
from tests.chaos import day_checks
from tests.chaos.journal import Journal, Told

NOON = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)


def event(name: str, **data: str) -> Mapping[str, Any]:
    return {"name": name, "subject": data.get("escalation_id"), "data": data}


def offered(agent: str, escalation: str) -> Mapping[str, Any]:
    return event("escalation_offered", agent_id=agent, escalation_id=escalation)


def over(escalation: str) -> Mapping[str, Any]:
    return event("escalation_completed", escalation_id=escalation)


def on_the_line(status: str) -> SimulatedCall:
    return SimulatedCall(
        id="SC1",
        call=None,
        caller=None,
        called=None,
        inbound=True,
        status=status,
        begun_at=NOON,
        changed_at=NOON,
    )


def call(status: str, **members: Any) -> Mapping[str, Mapping[str, Any]]:
    usual = {"id": "1", "provider_call": "SC1", "ending": None, "conflict": None}
    return {"1": {**usual, "status": status, "direction": "inbound", **members}}


def test_agents_with_two_callers() -> None:
    one_after_the_other = [offered("ana", "a"), over("a"), offered("ana", "b"), over("b")]

    assert day_checks.held_twice(one_after_the_other) == []
    assert len(day_checks.held_twice([offered("ana", "a"), *one_after_the_other[2:]])) == 1
    assert len(day_checks.held_twice([offered("ana", "a")])) == 1


def test_escalations_that_nobody_knows_of_any_more() -> None:
    journal = Journal()
    write = journal.begin("/v1/escalations", None)
    journal.answered(
        write, Told(status=201, body={"id": "a"}, tag=None, replayed=False), sent_at=0
    )
    there, gone = {"a": {"state": "completed", "ended_at": "…"}}, dict[str, Any]()

    assert day_checks.lost_escalations(journal, there, [over("a")]) == []
    assert len(day_checks.lost_escalations(journal, gone, [])) == 1
    assert len(day_checks.lost_escalations(journal, there, [over("a"), over("a")])) == 1


def test_calls_that_ended_otherwise_or_twice_or_not() -> None:
    ended, answered = event("call_ended", call_id="1"), event("call_answered", call_id="1")
    busy = [on_the_line("busy")]

    assert day_checks.ended_otherwise(call("busy"), busy) == []
    assert day_checks.ended_otherwise(call("cancelled", ending="done"), busy) == []
    assert len(day_checks.ended_otherwise(call("failed"), busy)) == 1
    assert len(day_checks.ended_otherwise({}, busy)) == 1
    assert day_checks.ended_twice(call("completed"), [answered, ended]) == []
    assert len(day_checks.ended_twice(call("completed"), [ended, answered])) == 1
    assert len(day_checks.ended_twice(call("completed"), [ended, ended])) == 1
    assert len(day_checks.not_over(call("ringing"))) == 1
    assert day_checks.rung_twice(call("busy"), busy, Journal()) == []
    assert len(day_checks.rung_twice(call("busy"), busy * 2, Journal())) == 1


def test_timelines_that_miss_something() -> None:
    told = {"at": "12:00", "event": "ringing"}
    shown = [
        {"at": "12:00", "name": "ringing", "source": "line"},
        {"at": "12:01", "name": "call_ended", "source": "call"},
    ]
    ended = [event("call_ended")]
    whole: dict[str, Any] = {"call": {"id": "1"}, "news": [told], "before": ended, "after": ended}

    def missing(timeline: list[dict[str, str]]) -> int:
        return len(day_checks.incomplete(day_checks.Story(timeline=timeline, **whole)))

    assert missing(shown) == 0
    assert missing(shown[1:]) == missing(shown[:1]) == 1
    assert missing([*shown, shown[1]]) == missing(shown[::-1]) == 1


def test_more_unheard_than_goes_astray() -> None:
    sent = day_checks.Sent(at_all={"SC1": 100}, for_good={"SC1": 100})

    assert day_checks.unheard(sent, {"SC1": 95}) == []
    assert len(day_checks.unheard(sent, {"SC1": 80})) == 1
    assert len(day_checks.unheard(sent, {"SC1": 101})) == 1
