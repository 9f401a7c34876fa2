"""All that is done about money, over any storage and a provider that is told what to say."""

from random import Random
from typing import Any
from uuid import uuid4

import attrs

from application.bookings.chase_instalments import ChaseInstalmentsHandler
from application.bookings.checking_payments import CheckingPayments
from application.bookings.giving_back import GivingBack
from application.bookings.pay_booking import PayBookingHandler
from application.bookings.quote_refund import ConfirmRefundQuoteHandler, QuoteRefundHandler
from application.bookings.reclaiming import Reclaiming
from application.bookings.request_refund import RequestingRefunds, RequestRefundHandler
from application.bookings.review_payment import ApprovePaymentHandler, DeclinePaymentHandler
from application.bookings.settle_booking import SettleBookingHandler
from application.bookings.take_payment import TakePaymentHandler
from application.bookings.use_gift_credit import UseGiftCreditHandler
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.retry_stale import RetryStale
from application.payments.abuse_ports import RecentPayments
from application.payments.apply_event import ApplyEventHandler, ReplayEventHandler
from application.payments.ask_about_silent import AskAboutSilentHandler
from application.payments.at_the_provider import AtTheProvider
from application.payments.bookkeeping import Bookkeeping
from application.payments.carry_on_payment import CarryOnPaymentHandler
from application.payments.carry_on_refund import CarryOnRefundHandler
from application.payments.hear import HearHandler
from application.payments.issue_gift_credit import IssueGiftCreditHandler
from application.payments.payment_steps import CancelPaymentHandler, CapturePaymentHandler
from application.payments.receive_event import ReceiveEventHandler
from application.payments.refund_steps import (
    ApproveRefundHandler,
    DropRefundHandler,
    PaidRefundHandler,
    RejectRefundHandler,
    RetryRefundHandler,
)
from application.payments.taking_note import TakingNote
from domain.bookings.missed_instalments import USUAL_RULES, InstalmentRules
from domain.payments.payment import Payment
from tests.fakes.abuse import FakeRecent, NoSigns
from tests.fakes.gateway import FakeGateway, FakeGateways
from tests.freeing import freeing
from tests.samples import HOLD_POLICY, NOW, QUARTER

ALONE_UP_TO = 10_000


@attrs.frozen(kw_only=True)
class Till:
    """As it is wired, but for permissions."""

    work: UnitOfWork[Any]
    clock: Clock = attrs.field(factory=lambda: lambda: NOW)
    gateway: FakeGateway = attrs.field(factory=FakeGateway)
    chance: Random = attrs.field(factory=lambda: Random(1))
    recent: RecentPayments = attrs.field(factory=FakeRecent)
    instalments: InstalmentRules = USUAL_RULES

    @property
    def bookkeeping(self) -> Bookkeeping:
        return Bookkeeping(new_id=uuid4)

    @property
    def taking_note(self) -> TakingNote:
        return TakingNote(bookkeeping=self.bookkeeping, clock=self.clock)

    @property
    def gateways(self) -> FakeGateways:
        return FakeGateways(self.gateway)

    @property
    def at_the_provider(self) -> AtTheProvider:
        return AtTheProvider(gateways=self.gateways)

    @property
    def pay(self) -> Any:
        return RetryStale(
            PayBookingHandler(
                unit_of_work=self.work,
                at_the_provider=self.at_the_provider,
                taking_note=self.taking_note,
                clock=self.clock,
                new_id=uuid4,
                chance=self.chance.randrange,
                policy=HOLD_POLICY,
                checking=CheckingPayments(recent_payments=self.recent, signs=NoSigns()),
            )
        )

    @property
    def approve_payment(self) -> Any:
        return RetryStale(
            ApprovePaymentHandler(unit_of_work=self.work, clock=self.clock, policy=HOLD_POLICY)
        )

    @property
    def decline_payment(self) -> Any:
        return RetryStale(DeclinePaymentHandler(unit_of_work=self.work, clock=self.clock))

    @property
    def take(self) -> Any:
        return RetryStale(
            TakePaymentHandler(
                unit_of_work=self.work,
                taking_note=self.taking_note,
                clock=self.clock,
                new_id=uuid4,
                chance=self.chance.randrange,
            )
        )

    @property
    def settle(self) -> Any:
        return RetryStale(
            SettleBookingHandler(
                unit_of_work=self.work,
                reclaiming=Reclaiming(
                    unit_of_work=self.work, clock=self.clock, freeing=freeing(self.clock)
                ),
                bookkeeping=self.bookkeeping,
                giving_back=GivingBack(
                    taking_note=self.taking_note,
                    new_id=uuid4,
                    clock=self.clock,
                    alone_up_to_minor=ALONE_UP_TO,
                ),
                clock=self.clock,
            )
        )

    @property
    def ask_for_refund(self) -> Any:
        return RetryStale(
            RequestRefundHandler(unit_of_work=self.work, requesting=self.requesting_refunds)
        )

    @property
    def chase(self) -> Any:
        handler = ChaseInstalmentsHandler(
            unit_of_work=self.work,
            clock=self.clock,
            freeing=freeing(self.clock),
            rules=self.instalments,
        )
        return RetryStale(handler)

    @property
    def issue(self) -> Any:
        return RetryStale(
            IssueGiftCreditHandler(
                unit_of_work=self.work,
                bookkeeping=self.bookkeeping,
                clock=self.clock,
                new_id=uuid4,
                chance=self.chance.randrange,
            )
        )

    @property
    def use_gift(self) -> Any:
        return RetryStale(
            UseGiftCreditHandler(
                unit_of_work=self.work,
                taking_note=self.taking_note,
                clock=self.clock,
                new_id=uuid4,
                chance=self.chance.randrange,
            )
        )

    @property
    def requesting_refunds(self) -> RequestingRefunds:
        return RequestingRefunds(taking_note=self.taking_note, clock=self.clock, new_id=uuid4)

    @property
    def quote_refund(self) -> Any:
        return RetryStale(
            QuoteRefundHandler(
                unit_of_work=self.work, clock=self.clock, new_id=uuid4, good_for=QUARTER
            )
        )

    @property
    def refund_as_quoted(self) -> Any:
        return RetryStale(
            ConfirmRefundQuoteHandler(
                unit_of_work=self.work, requesting=self.requesting_refunds, clock=self.clock
            )
        )

    @property
    def carry_on(self) -> Any:
        return RetryStale(
            CarryOnPaymentHandler(
                unit_of_work=self.work,
                at_the_provider=self.at_the_provider,
                taking_note=self.taking_note,
            )
        )

    @property
    def carry_on_refund(self) -> Any:
        return RetryStale(
            CarryOnRefundHandler(
                unit_of_work=self.work,
                at_the_provider=self.at_the_provider,
                taking_note=self.taking_note,
            )
        )

    @property
    def capture(self) -> Any:
        return RetryStale(CapturePaymentHandler(unit_of_work=self.work, clock=self.clock))

    @property
    def let_go(self) -> Any:
        return RetryStale(CancelPaymentHandler(unit_of_work=self.work, clock=self.clock))

    @property
    def approve(self) -> Any:
        return RetryStale(
            ApproveRefundHandler(
                unit_of_work=self.work,
                taking_note=self.taking_note,
                clock=self.clock,
                alone_up_to_minor=ALONE_UP_TO,
            )
        )

    @property
    def reject(self) -> Any:
        return self._deciding(RejectRefundHandler)

    @property
    def retry(self) -> Any:
        return self._deciding(RetryRefundHandler)

    @property
    def drop(self) -> Any:
        return self._deciding(DropRefundHandler)

    @property
    def paid(self) -> Any:
        return self._deciding(PaidRefundHandler)

    @property
    def hear(self) -> Any:
        return RetryStale(
            HearHandler(
                unit_of_work=self.work,
                gateways=self.gateways,
                taking_note=self.taking_note,
                bookkeeping=self.bookkeeping,
                clock=self.clock,
                new_id=uuid4,
            )
        )

    @property
    def receive(self) -> Any:
        return ReceiveEventHandler(
            unit_of_work=self.work, gateways=self.gateways, clock=self.clock
        )

    @property
    def apply(self) -> Any:
        return ApplyEventHandler(unit_of_work=self.work, hear=self.hear)

    @property
    def replay(self) -> Any:
        return ReplayEventHandler(unit_of_work=self.work)

    @property
    def ask_about_silent(self) -> Any:
        return AskAboutSilentHandler(
            unit_of_work=self.work,
            carry_on_payment=self.carry_on,
            carry_on_refund=self.carry_on_refund,
            clock=self.clock,
            silent_after=Payment.SILENT_AFTER,
        )

    def _deciding(self, handler: Any) -> Any:
        return RetryStale(
            handler(unit_of_work=self.work, taking_note=self.taking_note, clock=self.clock)
        )
