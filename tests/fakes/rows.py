"""What organizations have stored in memory."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, TypeVar

import attrs

from application.kernel.jobs import QueuedJob
from application.kernel.once import Answer
from application.kernel.ports import Stale
from application.paperwork.ports import Printed
from application.payments.ports import StoredEvent
from domain.bookings.attendance import Attendance
from domain.bookings.blocks import Block
from domain.bookings.booking import Booking
from domain.bookings.discount_codes import DiscountCode
from domain.bookings.itinerary import Itinerary
from domain.bookings.life import BookingState
from domain.bookings.missed_instalments import WatchedInstalment
from domain.bookings.promises import CancellationQuote, ChangeQuote
from domain.bookings.quotes import Quote
from domain.bookings.refund_quotes import RefundQuote
from domain.bookings.sales_terms import SalesTerms
from domain.bookings.waiting import WaitingEntry
from domain.calls.agents import Agent
from domain.calls.call import Call
from domain.calls.desk_numbers import DeskNumber
from domain.calls.dispositions import Disposition
from domain.calls.escalation import Escalation
from domain.calls.escalation_life import EndedOffer
from domain.calls.evaluations import Evaluation
from domain.calls.facts import Heard
from domain.calls.notes import CallNote
from domain.calls.quality import CallQuality
from domain.calls.queues import Queue
from domain.calls.scorecards import Edition, Scorecard
from domain.calls.templates import CallTemplate
from domain.calls.utterances import Utterance
from domain.documentation.crawl import Crawl
from domain.documentation.site import Site
from domain.inventory.assets import Asset
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource
from domain.inventory.units import Minutes, Unit
from domain.kernel.claims import Claim, ExclusiveClaim, IntervalClaim
from domain.kernel.events import Event
from domain.kernel.identifiers import (
    ActorId,
    AgentId,
    BlockId,
    BookingId,
    CallId,
    CallNoteId,
    CallTemplateId,
    DeskNumberId,
    DiscountCodeId,
    DispositionId,
    DisputeId,
    EscalationId,
    EvaluationId,
    GiftCreditId,
    HoldId,
    InstalmentId,
    ItineraryId,
    PaperId,
    PaymentId,
    PoolId,
    QueueId,
    QuoteId,
    RefundId,
    ResourceId,
    ScorecardId,
    UnitId,
    WaitingId,
)
from domain.paperwork.papers import Paper
from domain.payments.disputes import Dispute
from domain.payments.gift_credit import GiftCredit
from domain.payments.ledger import Cause, Journal
from domain.payments.payment import Payment
from domain.payments.refunds import Refund

Key = TypeVar("Key")
Row = TypeVar("Row")
Versioned = (
    Agent
    | Attendance
    | Block
    | Booking
    | Call
    | CallQuality
    | CallTemplate
    | CallNote
    | Crawl
    | DeskNumber
    | DiscountCode
    | Disposition
    | Dispute
    | Escalation
    | Evaluation
    | Itinerary
    | Paper
    | Payment
    | Queue
    | Refund
    | Resource
    | SalesTerms
    | Scorecard
    | Unit
    | Asset
    | WaitingEntry
    | WatchedInstalment
    | Site
)


@attrs.frozen
class UnitClaim:
    hold_id: HoldId
    unit_id: UnitId
    minutes: Minutes


class Dangling(Exception):
    """Refers to nothing that is stored: a foreign key would not have it."""


class Impossible(Exception):
    """A constraint would not have it."""


@attrs.frozen
class Rows:
    """What one organization has stored. Its values are frozen, so shallow copies are snapshots."""

    resources: dict[ResourceId, Resource] = attrs.field(factory=dict)
    sales_terms: dict[ResourceId, SalesTerms] = attrs.field(factory=dict)
    quotes: dict[QuoteId, Quote] = attrs.field(factory=dict)
    gift_codes: dict[str, GiftCreditId] = attrs.field(factory=dict)
    gift_credits: dict[GiftCreditId, GiftCredit] = attrs.field(factory=dict)
    instalments: dict[InstalmentId, WatchedInstalment] = attrs.field(factory=dict)
    refund_quotes: dict[QuoteId, RefundQuote] = attrs.field(factory=dict)
    cancellation_quotes: dict[QuoteId, CancellationQuote] = attrs.field(factory=dict)
    change_quotes: dict[QuoteId, ChangeQuote] = attrs.field(factory=dict)
    discount_codes: dict[DiscountCodeId, DiscountCode] = attrs.field(factory=dict)
    bookings: dict[BookingId, Booking] = attrs.field(factory=dict)
    itineraries: dict[ItineraryId, Itinerary] = attrs.field(factory=dict)
    waiting: dict[WaitingId, WaitingEntry] = attrs.field(factory=dict)
    blocks: dict[BlockId, Block] = attrs.field(factory=dict)
    boarding: dict[ResourceId, list[BookingId]] = attrs.field(factory=dict)
    pools: dict[PoolId, Pool] = attrs.field(factory=dict)
    claims: dict[HoldId, tuple[Claim, ...]] = attrs.field(factory=dict)
    exclusives: dict[ExclusiveClaim, HoldId] = attrs.field(factory=dict)
    units: dict[UnitId, Unit] = attrs.field(factory=dict)
    assets: dict[UnitId, Asset] = attrs.field(factory=dict)
    unit_claims: list[UnitClaim] = attrs.field(factory=list)
    attendance: dict[ResourceId, Attendance] = attrs.field(factory=dict)
    settings: dict[str, Any] = attrs.field(factory=dict)
    papers: dict[PaperId, Paper] = attrs.field(factory=dict)
    paper_files: dict[PaperId, Printed] = attrs.field(factory=dict)
    paper_series: dict[tuple[str, int], int] = attrs.field(factory=dict)
    payments: dict[PaymentId, Payment] = attrs.field(factory=dict)
    refunds: dict[RefundId, Refund] = attrs.field(factory=dict)
    disputes: dict[DisputeId, Dispute] = attrs.field(factory=dict)
    journals: dict[tuple[Cause, str], Journal] = attrs.field(factory=dict)
    provider_events: dict[tuple[str, str], StoredEvent] = attrs.field(factory=dict)
    calls: dict[CallId, Call] = attrs.field(factory=dict)
    call_notes: dict[CallNoteId, CallNote] = attrs.field(factory=dict)
    call_facts: dict[tuple[str, str, str], tuple[CallId, Heard]] = attrs.field(factory=dict)
    agents: dict[AgentId, Agent] = attrs.field(factory=dict)
    queues: dict[QueueId, Queue] = attrs.field(factory=dict)
    desk_numbers: dict[DeskNumberId, DeskNumber] = attrs.field(factory=dict)
    call_templates: dict[CallTemplateId, CallTemplate] = attrs.field(factory=dict)
    dispositions: dict[DispositionId, Disposition] = attrs.field(factory=dict)
    escalations: dict[EscalationId, Escalation] = attrs.field(factory=dict)
    ended_offers: dict[tuple[EscalationId, int], EndedOffer] = attrs.field(factory=dict)
    call_lines: dict[tuple[CallId, int], Utterance] = attrs.field(factory=dict)
    scorecards: dict[ScorecardId, Scorecard] = attrs.field(factory=dict)
    scorecard_editions: dict[tuple[ScorecardId, int], Edition] = attrs.field(factory=dict)
    evaluations: dict[EvaluationId, Evaluation] = attrs.field(factory=dict)
    call_quality: dict[CallId, CallQuality] = attrs.field(factory=dict)
    answers: dict[tuple[ActorId, str], tuple[bytes, Answer]] = attrs.field(factory=dict)
    events: list[Event] = attrs.field(factory=list)
    done_in: list[CallId | None] = attrs.field(factory=list)
    jobs: list[QueuedJob] = attrs.field(factory=list)

    def copy(self) -> "Rows":
        return Rows(*(copy(table) for table in attrs.astuple(self, recurse=False)))

    def held(self) -> Iterator[Booking]:
        return (b for b in self.bookings.values() if b.state is BookingState.HELD)

    def claims_of(self, booking: Booking) -> tuple[Claim, ...]:
        return self.claims.get(booking.hold_id, ())

    def having_units(self, interval: IntervalClaim) -> set[HoldId]:
        minutes = Minutes.of(interval.period)
        return {
            claim.hold_id
            for claim in self.unit_claims
            if self.units[claim.unit_id].resource_id == interval.resource_id
            and claim.minutes.overlap(minutes)
        }


def found(table: Mapping[Key, Row], key: Key, refusal: Callable[[Key], Exception]) -> Row:
    row = table.get(key)
    if row is None:
        raise refusal(key)
    return row


def next_version(stored: Versioned | None, expected: int) -> int:
    actual = stored.version if stored else 0
    if actual != expected:
        raise Stale(f"version {expected} is now {actual}")
    return actual + 1


def must_exist(rows: Rows, resource_id: ResourceId) -> None:
    if resource_id not in rows.resources:
        raise Dangling(f"resource {resource_id}")
