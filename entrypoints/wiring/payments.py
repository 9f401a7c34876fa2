"""Wiring of payments, and of what bookings have to do with them."""

from typing import Any, ClassVar

from dependency_injector import containers, providers

from adapters.readers.booking_money import SqlMoneyViews
from adapters.readers.payments import SqlPaymentViews
from adapters.readers.reconciliations import SqlReconciliationViews, SqlUnreconciled
from adapters.readers.silent_payments import SqlSilentPayments
from adapters.repositories.payments import SqlPaymentWork
from adapters.repositories.reconciliations import SqlReconciliationWork
from adapters.repositories.settlement import SqlSettlementWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.bookings.giving_back import GivingBack
from application.bookings.money_subscribers import KeepBooks, SettleWhatIsPaid
from application.bookings.request_refund import RequestingRefunds, RequestRefundHandler
from application.bookings.settle_booking import SettleBookingHandler, SettleBookingJob
from application.bookings.take_payment import TakePaymentHandler
from application.payments.apply_event import (
    ApplyEventHandler,
    ApplyEventJob,
    ReplayEventHandler,
)
from application.payments.ask_about_silent import AskAboutSilentHandler
from application.payments.at_the_provider import AtTheProvider
from application.payments.bookkeeping import Bookkeeping
from application.payments.carry_on_payment import CarryOnPaymentHandler, CarryOnPaymentJob
from application.payments.carry_on_refund import CarryOnRefundHandler, CarryOnRefundJob
from application.payments.hear import HearHandler
from application.payments.payment_steps import CancelPaymentHandler, CapturePaymentHandler
from application.payments.receive_event import ReceiveEventHandler
from application.payments.reconcile import ReconcileHandler
from application.payments.reconcile_yesterday import ReconcileYesterdayHandler
from application.payments.refund_steps import (
    ApproveRefundHandler,
    PaidRefundHandler,
    RejectRefundHandler,
    RetryRefundHandler,
)
from application.payments.taking_note import TakingNote
from domain.kernel.actors import Permission
from domain.payments.payment import Payment
from entrypoints.wiring.money_rules import MoneyRulesContainer
from entrypoints.wiring.paying import PayingContainer
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


class PaymentsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    gateways: providers.Dependency[object] = providers.Dependency()
    bookings: Any = providers.DependenciesContainer()
    business_settings: providers.Dependency[object] = providers.Dependency()

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlPaymentWork.on),
        new_id=new_id,
        clock=clock,
    )
    settlements = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlSettlementWork.on),
        new_id=new_id,
        clock=clock,
    )
    bookkeeping = providers.Singleton(Bookkeeping, new_id=new_id)
    taking_note = providers.Singleton(TakingNote, bookkeeping=bookkeeping, clock=clock)
    at_the_provider = providers.Singleton(AtTheProvider, gateways=gateways)
    giving_back = providers.Singleton(
        GivingBack,
        taking_note=taking_note,
        new_id=new_id,
        clock=clock,
        alone_up_to_minor=settings.provided.refund_alone_up_to_minor,
    )

    paying: Any = providers.Container(
        PayingContainer,
        database=database,
        clock=clock,
        new_id=new_id,
        chance=chance,
        observe=observe,
        business_settings=business_settings,
        settlements=settlements,
        at_the_provider=at_the_provider,
        taking_note=taking_note,
        hold_policy=bookings.hold_policy,
    )
    pay_booking = paying.pay_booking
    pay_itinerary = paying.pay_itinerary
    take_payment = use_case(
        Permission.TAKE_PAYMENTS,
        providers.Singleton(
            TakePaymentHandler,
            unit_of_work=settlements,
            taking_note=taking_note,
            clock=clock,
            new_id=new_id,
            chance=chance,
        ),
        observe,
    )
    requesting_refunds = providers.Singleton(
        RequestingRefunds, taking_note=taking_note, clock=clock, new_id=new_id
    )
    request_refund = use_case(
        Permission.REFUND_PAYMENTS,
        providers.Singleton(
            RequestRefundHandler, unit_of_work=settlements, requesting=requesting_refunds
        ),
        observe,
    )
    settle_booking = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            SettleBookingHandler,
            unit_of_work=settlements,
            reclaiming=bookings.reclaiming,
            bookkeeping=bookkeeping,
            giving_back=giving_back,
            clock=clock,
        ),
        observe,
    )
    carry_on_payment = use_case(
        Permission.TAKE_PAYMENTS,
        providers.Singleton(
            CarryOnPaymentHandler,
            unit_of_work=unit_of_work,
            at_the_provider=at_the_provider,
            taking_note=taking_note,
        ),
        observe,
    )
    carry_on_refund = use_case(
        Permission.REFUND_PAYMENTS,
        providers.Singleton(
            CarryOnRefundHandler,
            unit_of_work=unit_of_work,
            at_the_provider=at_the_provider,
            taking_note=taking_note,
        ),
        observe,
    )
    capture_payment = use_case(
        Permission.TAKE_PAYMENTS,
        providers.Singleton(CapturePaymentHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    cancel_payment = use_case(
        Permission.TAKE_PAYMENTS,
        providers.Singleton(CancelPaymentHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    approve_refund = use_case(
        Permission.APPROVE_REFUNDS,
        providers.Singleton(
            ApproveRefundHandler,
            unit_of_work=unit_of_work,
            taking_note=taking_note,
            clock=clock,
            alone_up_to_minor=settings.provided.refund_alone_up_to_minor,
        ),
        observe,
    )
    deciding: ClassVar[Any] = {
        "unit_of_work": unit_of_work,
        "taking_note": taking_note,
        "clock": clock,
    }
    reject_refund = use_case(
        Permission.APPROVE_REFUNDS,
        providers.Singleton(RejectRefundHandler, **deciding),
        observe,
    )
    retry_refund = use_case(
        Permission.APPROVE_REFUNDS,
        providers.Singleton(RetryRefundHandler, **deciding),
        observe,
    )
    say_refund_paid = use_case(
        Permission.APPROVE_REFUNDS,
        providers.Singleton(PaidRefundHandler, **deciding),
        observe,
    )
    receive_event = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(
            ReceiveEventHandler, unit_of_work=unit_of_work, gateways=gateways, clock=clock
        ),
        observe,
    )
    hear = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(
            HearHandler,
            unit_of_work=unit_of_work,
            gateways=gateways,
            taking_note=taking_note,
            bookkeeping=bookkeeping,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    apply_event = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(ApplyEventHandler, unit_of_work=unit_of_work, hear=hear),
        observe,
    )
    replay_event = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(ReplayEventHandler, unit_of_work=unit_of_work),
        observe,
    )
    ask_about_silent = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(
            AskAboutSilentHandler,
            unit_of_work=unit_of_work,
            carry_on_payment=carry_on_payment,
            carry_on_refund=carry_on_refund,
            clock=clock,
            silent_after=providers.Object(Payment.SILENT_AFTER),
        ),
        observe,
    )
    reconciliation_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlReconciliationWork.on),
        new_id=new_id,
        clock=clock,
    )
    reconcile = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(
            ReconcileHandler,
            unit_of_work=reconciliation_work,
            gateways=gateways,
            hear=hear,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    reconcile_yesterday = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(ReconcileYesterdayHandler, reconcile=reconcile, clock=clock),
        observe,
    )
    reconciliation_views = providers.Singleton(SqlReconciliationViews, database)
    unreconciled = providers.Singleton(SqlUnreconciled, database)
    views = providers.Singleton(SqlPaymentViews, database)
    money_views = providers.Singleton(SqlMoneyViews, database=database, clock=clock)
    silent = providers.Singleton(
        SqlSilentPayments,
        database=database,
        silent_after=providers.Object(Payment.SILENT_AFTER),
    )

    keep_books = providers.Singleton(KeepBooks, bookkeeping=bookkeeping, clock=clock)
    settle_what_is_paid = providers.Singleton(SettleWhatIsPaid)
    settle_job = providers.Singleton(SettleBookingJob, settle=settle_booking)
    carry_on_payment_job = providers.Singleton(CarryOnPaymentJob, carry_on=carry_on_payment)
    carry_on_refund_job = providers.Singleton(CarryOnRefundJob, carry_on=carry_on_refund)
    apply_event_job = providers.Singleton(ApplyEventJob, apply=apply_event)
    rules: Any = providers.Container(
        MoneyRulesContainer,
        database=database,
        clock=clock,
        observe=observe,
        unit_of_work=unit_of_work,
        settlements=settlements,
        taking_note=taking_note,
        requesting_refunds=requesting_refunds,
        bookkeeping=bookkeeping,
        chance=chance,
        new_id=new_id,
        bookings=bookings,
        business_settings=business_settings,
        gateways=gateways,
        hear=hear,
    )
    charge_paper_fees = rules.charge_paper_fees
    watch_instalments = rules.watch_instalments
