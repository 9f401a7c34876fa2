"""No event is forgotten: it is told over sockets or kept for a reason, and so with its members."""

import gc
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import attrs
import pytest

import domain
from application.inventory.subscribers import MOVE_UNITS
from domain.bookings.channel_events import ChannelEvent
from domain.bookings.instalment_events import InstalmentEvent
from domain.calls.desk_numbers import DeskNumberEvent
from domain.calls.dispositions import DispositionFact
from domain.calls.events import CallEvent
from domain.calls.quality_events import (
    CallLinesAdded,
    EvaluationEvent,
    ScorecardEvent,
    SentimentChanged,
)
from domain.calls.templates import CallTemplateEvent
from domain.documentation.events import CrawlEvent, DocumentEvent, SiteEvent
from domain.kernel.events import Event, SecurityEvent
from domain.payments.events import DisputeEvent, PaymentEvent, RefundEvent
from domain.payments.gift_events import GiftCreditEvent
from domain.payments.reconciliation import PaymentsReconciled
from domain.pipelines.pipeline_events import PipelineEvent, RunEvent
from domain.pipelines.source_events import DataSourceEvent
from entrypoints.realtime.public import KEPT, TOLD
from entrypoints.realtime.public_members import MEMBERS, WITHHELD


def descendants(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def events() -> set[type[Event]]:
    for module in walk_packages(domain.__path__, "domain."):
        import_module(module.name)
    gc.collect()  # of each class with slots there was one without, until it is swept up
    return {
        kind
        for kind in descendants(Event)
        if kind.__module__.startswith("domain.") and "name" in vars(kind) and _is_in_use(kind)
    }


def _is_in_use(kind: type[Event]) -> bool:
    """To have slots a class is made anew, and the first one may linger."""
    return vars(import_module(kind.__module__)).get(kind.__name__) is kind


def test_every_event_is_told_or_kept_for_a_reason() -> None:
    assert events() == TOLD | KEPT.keys()
    assert not TOLD & KEPT.keys()
    assert all(KEPT.values())


def test_every_member_is_told_or_withheld_for_a_reason() -> None:
    members = {field.name for kind in TOLD for field in attrs.fields(kind)} - {"occurred_at"}
    assert members == MEMBERS | WITHHELD.keys()
    assert not MEMBERS & WITHHELD.keys()
    assert all(WITHHELD.values())


# They leave as many units free as there were.
MOVE_NONE = {
    "agent_added",
    "agent_changed",
    "agent_deleted",
    "agent_presence_changed",
    "queue_added",
    "queue_changed",
    "notices_given",
    "escalation_triggered",
    "escalation_queued",
    "escalation_offered",
    "escalation_ringing",
    "escalation_offer_ended",
    "escalation_accepted",
    "escalation_briefing",
    "escalation_bridged",
    "escalation_completed",
    "escalation_cancelled",
    "escalation_failed",
    "escalation_callback_scheduled",
    "escalation_message_taken",
    "escalation_paused",
    "escalation_resumed",
    "escalation_due_soon",
    "escalation_overdue",
    "asset_added",
    "block_drawn",
    "block_erased",
    "asset_changed",
    "asset_deleted",
    "asset_restored",
    "attendance_recorded",
    "availability_full",
    "availability_low",
    "available_again",
    "booking_approved",
    "booking_checked_in",
    "booking_completed",
    "booking_confirmed",
    "booking_continued",
    "booking_erased",
    "booking_imported",
    "booking_not_shown",
    "discount_code_changed",
    "discount_code_created",
    "duplicate_booking_tried",
    "flight_arrived",
    "flight_boarding",
    "flight_delayed",
    "flight_departed",
    "flight_on_time",
    "flight_restored",
    "hold_extended",
    "import_completed",
    "import_progressed",
    "import_started",
    "intent_active",
    "intent_cancelled",
    "intent_expired",
    "itinerary_confirmed",
    "itinerary_extended",
    "itinerary_grown",
    "itinerary_held",
    "itinerary_released",
    "paper_erased",
    "paper_issued",
    "paper_reissued",
    "paper_withdrawn",
    "resource_added",
    "resource_cancelled",
    "resource_changed",
    "resource_completed",
    "resource_deleted",
    "resource_published",
    "resource_restored",
    "resource_withdrawn",
    "sales_terms_set",
    "session_staffed",
    "unit_added",
    "unit_withdrawn",
    "units_assigned",
    "waiting_accepted",
    "waiting_erased",
    "waiting_joined",
}


def test_every_event_moves_units_or_does_not() -> None:
    moving = {event.name for event in MOVE_UNITS}
    elsewhere = (
        SecurityEvent,
        PaymentEvent,
        RefundEvent,
        DisputeEvent,
        GiftCreditEvent,
        InstalmentEvent,
        PaymentsReconciled,
        CallEvent,
        CallLinesAdded,
        EvaluationEvent,
        ScorecardEvent,
        SentimentChanged,
        DeskNumberEvent,
        DispositionFact,
        CallTemplateEvent,
        CrawlEvent,
        SiteEvent,
        DocumentEvent,
        DataSourceEvent,
        PipelineEvent,
        RunEvent,
        ChannelEvent,
    )
    others = {event.name for event in events() if not issubclass(event, elsewhere)}
    assert others == moving | MOVE_NONE
    assert not moving & MOVE_NONE


@pytest.mark.parametrize("event", MOVE_UNITS, ids=lambda event: str(event.name))
def test_what_moves_units_says_of_what(event: type[Event]) -> None:
    assert "resource_id" in {field.name for field in attrs.fields(event)}
