"""What is promised about calls, broken behind the program's back."""

from adapters.schema.calls import call_facts, calls
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks


def forge_call(saboteur: Saboteur, status: str, **values: object) -> object:
    forged = {
        "id": DRAWN_LONG_AGO,
        "version": 1,
        "direction": "inbound",
        "status": status,
        "started_at": LONG_AGO,
        "seconds": -1,
        "qa_milli": -1,
        "escalated": False,
        "people": {},
        "details": {},
    }
    saboteur.insert(calls, **{**forged, **values})
    return DRAWN_LONG_AGO


def forge_fact(saboteur: Saboteur, status: str, **values: object) -> None:
    saboteur.insert(
        call_facts,
        provider="forged",
        provider_call="forged",
        key=status,
        call_id=DRAWN_LONG_AGO,
        event=status,
        status=status,
        at=LONG_AGO,
        received_at=LONG_AGO,
        details={},
        **values,
    )


@breaks("calls_are_as_far_as_was_heard")
def a_call_that_went_back(saboteur: Saboteur) -> object:
    call = forge_call(saboteur, "ringing")
    forge_fact(saboteur, "ringing")
    forge_fact(saboteur, "in_progress")
    return call


@breaks("calls_are_as_far_as_was_heard")
def a_call_that_ended_without_a_word(saboteur: Saboteur) -> object:
    call = forge_call(saboteur, "completed", ended_at=LONG_AGO)
    forge_fact(saboteur, "completed", leg="another line")
    return call


@breaks("news_is_of_calls")
def news_of_a_call_that_nobody_knows(saboteur: Saboteur) -> object:
    forge_fact(saboteur, "ringing")
    return DRAWN_LONG_AGO


@breaks("dispositions_are_known")
def a_call_of_which_came_what_nobody_knows(saboteur: Saboteur) -> object:
    return forge_call(saboteur, "scheduled", disposition_id=DRAWN_LONG_AGO)


@breaks("calls_that_are_down_say_when")
def a_call_that_ended_at_no_time(saboteur: Saboteur) -> object:
    call = forge_call(saboteur, "wrapping")
    forge_fact(saboteur, "completed")
    return call
