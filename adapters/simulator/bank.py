"""What happens to payments at the simulated provider, one account at one moment."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import attrs

from adapters.simulator.books import Books
from adapters.simulator.cards import Afterwards, NamedCard, Outcome
from adapters.simulator.claims_back import SimulatedDispute, SimulatedRefund
from adapters.simulator.intents import Intent
from adapters.simulator.terms import Terms
from application.kernel.ports import NewId
from application.payments.gateway import PaymentAsk
from domain.kernel.identifiers import RefundId
from domain.kernel.money import Money
from domain.payments.provider import (
    DisputeStatus,
    ProviderEvent,
    ProviderStatus,
    RefundStatus,
    Subject,
)

SETTLES, LAPSES, DISPUTED = "settles", "lapses", "disputed"
REFUNDED, FAILS, UNANSWERED = "refunded", "refund_fails", "unanswered"
WINS, LOSES = "dispute_won", "dispute_lost"
LOSING = "losing_evidence"  # as the explanation, for tests


@attrs.frozen(kw_only=True)
class Bank:
    books: Books
    terms: Terms
    now: datetime
    new_id: NewId

    def catch_up(self) -> None:
        """Does what should have happened by itself since anybody last looked."""
        while due := self.books.due(self.now):
            for happening in due:
                attrs.evolve(self, now=happening.at).happen(happening.what, happening.object)

    def happen(self, what: str, object: str) -> None:
        deeds: dict[str, Callable[[], None]] = {
            SETTLES: partial(self._settle, object),
            LAPSES: partial(self._lapse, object),
            DISPUTED: partial(self._dispute, object),
            REFUNDED: partial(self._finish_refund, object),
            FAILS: partial(self._fail_refund, object),
            UNANSWERED: partial(self._give_up_dispute, object),
            WINS: partial(self._decide, object, won=True),
            LOSES: partial(self._decide, object, won=False),
        }
        deeds[what]()

    def start(self, ask: PaymentAsk, token: str) -> Intent:
        intent = Intent(
            id=self._name("pi"),
            token=token,
            payment_id=ask.payment_id,
            booking_id=ask.booking_id,
            amount=ask.amount.minor,
            currency=ask.amount.currency,
            manual=ask.manual,
            return_url=ask.return_url,
            description=ask.description,
            created_at=self.now,
        )
        self.books.put_page(intent)
        return self._changed(intent, "payment_intent.created")

    def pay(self, intent: Intent, card: NamedCard) -> Intent:
        """Raises ProviderRefused."""
        tried = intent.paid_with(card)
        self._changed(tried, _told(tried))
        if tried.status is ProviderStatus.PROCESSING:
            late = card.outcome is Outcome.LATE
            after = self.terms.late_after if late else self.terms.slow_after
            self.books.plan(SETTLES, tried.id, at=self.now + after)
        return self._settled(tried)

    def answer(self, intent: Intent, *, confirmed: bool) -> Intent:
        """Raises ProviderRefused."""
        answered = intent.answered(confirmed=confirmed)
        return self._settled(self._changed(answered, _told(answered)))

    def capture(self, intent: Intent, amount: Money) -> Intent:
        """Raises ProviderRefused."""
        return self._settled(self._changed(intent.taken(amount), "payment_intent.succeeded"))

    def cancel(self, intent: Intent) -> Intent:
        """Raises ProviderRefused."""
        return self._changed(intent.cancelled(), "payment_intent.canceled")

    def refund(self, intent: Intent, refund_id: RefundId, amount: Money) -> SimulatedRefund:
        """Raises ProviderRefused."""
        self.books.put(intent.given_back(amount))
        card = intent.named_card
        later = Afterwards.NOTHING if card is None else card.afterwards
        refund = SimulatedRefund(
            id=self._name("re"),
            refund_id=refund_id,
            intent=intent.id,
            amount=amount.minor,
            currency=amount.currency,
            status=PENDING if later is Afterwards.REFUNDS_TAKE_TIME else RefundStatus.SUCCEEDED,
        )
        self.books.move(Subject.REFUND, refund.id, -amount, 0, self.now)
        self._refund_changed(refund, "refund.created")
        self._tell("charge.refunded", Subject.PAYMENT, intent.id)
        what = {Afterwards.REFUNDS_TAKE_TIME: REFUNDED, Afterwards.REFUNDS_FAIL: FAILS}.get(later)
        if what is not None:
            self.books.plan(what, refund.id, at=self.now + self.terms.refunds_after)
        return refund

    def review(self, dispute: SimulatedDispute, explanation: str) -> SimulatedDispute:
        """Takes a while, and ends well unless one asks for something else."""
        reviewed = dispute.under_review()
        self.books.put(reviewed)
        self._tell("charge.dispute.updated", Subject.DISPUTE, dispute.id)
        what = LOSES if LOSING in explanation else WINS
        self.books.plan(what, dispute.id, at=self.now + self.terms.reviewed_for)
        return reviewed

    def decide(self, dispute: SimulatedDispute, *, won: bool) -> SimulatedDispute:
        """By the customer's bank, once."""
        if not dispute.is_open:
            return dispute
        decided = dispute.decided(won=won)
        self.books.put(decided)
        if won and not dispute.inquiry:
            back = Money(dispute.amount, dispute.currency)
            self.books.move(Subject.DISPUTE, dispute.id, back, 0, self.now)
        self._tell("charge.dispute.closed", Subject.DISPUTE, dispute.id)
        return decided

    def _settled(self, intent: Intent) -> Intent:
        """What follows once the customer has paid."""
        if intent.status is ProviderStatus.REQUIRES_CAPTURE:
            self.books.plan(LAPSES, intent.id, at=self.now + self.terms.authorised_for)
        if intent.status is ProviderStatus.SUCCEEDED:
            taken = intent.money(intent.captured)
            fee = self.terms.fee_of(taken).minor
            self.books.move(Subject.PAYMENT, intent.id, taken, fee, self.now)
            card = intent.named_card
            if card is not None and card.afterwards in DISPUTES:
                self.books.plan(DISPUTED, intent.id, at=self.now + self.terms.disputed_after)
        return intent

    def _settle(self, id: str) -> None:
        intent = self.books.get(Intent, id)
        if intent.status is ProviderStatus.PROCESSING:
            settled = intent.settled()
            self._settled(self._changed(settled, _told(settled)))

    def _lapse(self, id: str) -> None:
        intent = self.books.get(Intent, id)
        if intent.status is ProviderStatus.REQUIRES_CAPTURE:
            self.cancel(intent)

    def _dispute(self, id: str) -> None:
        intent = self.books.get(Intent, id)
        card = intent.named_card
        inquiry = card is not None and card.afterwards is Afterwards.ASKED_ABOUT
        taken = 0 if inquiry else intent.captured + self.terms.dispute_fee_minor
        due_by = self.now + self.terms.evidence_within
        dispute = SimulatedDispute(
            id=self._name("dp"),
            intent=intent.id,
            amount=intent.captured,
            withdrawn=taken,
            currency=intent.currency,
            inquiry=inquiry,
            reason="general" if inquiry else "fraudulent",
            due_by=due_by,
        )
        self.books.put(dispute)
        if taken:
            amount = -intent.money(intent.captured)
            fee = self.terms.dispute_fee_minor
            self.books.move(Subject.DISPUTE, dispute.id, amount, fee, self.now)
        self._tell("charge.dispute.created", Subject.DISPUTE, dispute.id)
        self.books.plan(UNANSWERED, dispute.id, at=due_by)

    def _give_up_dispute(self, id: str) -> None:
        dispute = self.books.get(SimulatedDispute, id)
        if dispute.status is DisputeStatus.NEEDS_RESPONSE:
            self.decide(dispute, won=False)

    def _decide(self, id: str, *, won: bool) -> None:
        self.decide(self.books.get(SimulatedDispute, id), won=won)

    def _finish_refund(self, id: str) -> None:
        self._refund_changed(self.books.get(SimulatedRefund, id).succeeded(), "refund.updated")

    def _fail_refund(self, id: str) -> None:
        refund = self.books.get(SimulatedRefund, id).failed("lost_or_stolen_card")
        self.books.put(self.books.get(Intent, refund.intent).kept(refund.amount))
        back = Money(refund.amount, refund.currency)
        self.books.move(Subject.REFUND, refund.id, back, 0, self.now)
        self._refund_changed(refund, "refund.failed")

    def _changed(self, intent: Intent, event: str) -> Intent:
        self.books.put(intent)
        self._tell(event, Subject.PAYMENT, intent.id)
        return intent

    def _refund_changed(self, refund: SimulatedRefund, event: str) -> None:
        self.books.put(refund)
        self._tell(event, Subject.REFUND, refund.id)

    def _tell(self, type: str, subject: Subject, reference: str) -> None:
        self.books.tell(
            ProviderEvent(
                id=self._name("evt"),
                type=type,
                subject=subject,
                reference=reference,
                created_at=self.now,
            ),
            subject,
        )

    def _name(self, prefix: str) -> str:
        return f"{prefix}_{self.new_id().hex}"


PENDING = RefundStatus.PENDING
DISPUTES = frozenset({Afterwards.DISPUTED, Afterwards.ASKED_ABOUT})


def _told(intent: Intent) -> str:
    """The name of the event, by what became of a payment."""
    return {
        ProviderStatus.REQUIRES_PAYMENT_METHOD: "payment_intent.payment_failed",
        ProviderStatus.REQUIRES_ACTION: "payment_intent.requires_action",
        ProviderStatus.PROCESSING: "payment_intent.processing",
        ProviderStatus.REQUIRES_CAPTURE: "payment_intent.amount_capturable_updated",
    }.get(intent.status, "payment_intent.succeeded")
