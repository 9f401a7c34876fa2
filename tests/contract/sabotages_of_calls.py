"""What is promised about calls, broken behind the program's back."""

from adapters.schema.calls import call_facts, calls, quotations
from adapters.schema.documentation import quoted_passages
from adapters.schema.events import event_log
from entrypoints.wiring.ambient import utc_now
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


@breaks("what_is_done_in_calls_is_done_in_known_ones")
def something_done_in_a_call_that_nobody_knows(saboteur: Saboteur) -> object:
    saboteur.insert(
        event_log,
        id=DRAWN_LONG_AGO,
        name="forged",
        subject=DRAWN_LONG_AGO,
        payload={},
        actor_id=saboteur.of,
        occurred_at=utc_now(),  # so that nobody wonders why it has no number
        call_id=DRAWN_LONG_AGO,
    )
    return DRAWN_LONG_AGO


@breaks("dispositions_are_known")
def a_call_of_which_came_what_nobody_knows(saboteur: Saboteur) -> object:
    return forge_call(saboteur, "scheduled", disposition_id=DRAWN_LONG_AGO)


@breaks("recordings_are_found_when_they_are_old")
def a_recording_that_nobody_would_find(saboteur: Saboteur) -> object:
    recording = {"basis": "agreed", "started_at": LONG_AGO.isoformat(), "deleted_at": None}
    return forge_call(saboteur, "scheduled", details={"recording": recording})


@breaks("recordings_are_found_when_they_are_old")
def a_recording_that_was_deleted_and_is_looked_for(saboteur: Saboteur) -> object:
    return forge_call(saboteur, "scheduled", recorded_at=LONG_AGO, recorded_on="agreed")


@breaks("calls_that_are_down_say_when")
def a_call_that_ended_at_no_time(saboteur: Saboteur) -> object:
    call = forge_call(saboteur, "wrapping")
    forge_fact(saboteur, "completed")
    return call


@breaks("quotations_are_kept")
def a_quotation_that_nobody_told_of(saboteur: Saboteur) -> object:
    call = forge_call(saboteur, "scheduled")
    saboteur.insert(
        quotations,
        id=DRAWN_LONG_AGO,
        call_id=call,
        passage_id=DRAWN_LONG_AGO,
        fetched_at=LONG_AGO,
        quoted_by=DRAWN_LONG_AGO,
        quoted_at=LONG_AGO,
    )
    return call


@breaks("quoted_passages_stand_or_have_left")
def a_quoted_passage_that_changed_unseen(saboteur: Saboteur) -> object:
    saboteur.insert(
        quoted_passages,
        id=DRAWN_LONG_AGO,
        site_id=DRAWN_LONG_AGO,
        url="https://docs.example/forged",
        anchor="",
        digest="0" * 32,
        headings=[],
        body="forged",
    )
    return DRAWN_LONG_AGO
