"""Wiring of what organizations decide about money."""

from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

from adapters.readers.gift_credits import SqlExpiredGiftCredit, SqlGiftCreditViews
from adapters.readers.instalments import SqlDueInstalments, SqlInstalmentViews
from adapters.readers.payment_reviews import SqlPaymentReviews
from application.bookings.chase_instalments import ChaseInstalmentsHandler
from application.bookings.money_subscribers import ChargePaperFees
from application.bookings.quote_refund import ConfirmRefundQuoteHandler, QuoteRefundHandler
from application.bookings.review_payment import ApprovePaymentHandler, DeclinePaymentHandler
from application.bookings.use_gift_credit import UseGiftCreditHandler
from application.bookings.watch_instalments import WatchInstalments
from application.payments.issue_gift_credit import IssueGiftCreditHandler
from application.payments.lapse_gift_credit import LapseGiftCreditHandler
from application.payments.refund_steps import DropRefundHandler
from application.payments.submit_evidence import SubmitEvidenceHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import (
    fitted,
    promised,
    with_instalment_rules,
    with_lapses,
    with_policy,
)
from entrypoints.wiring.wrapping import Observe, use_case


class MoneyRulesContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    bookings: Any = providers.DependenciesContainer()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    settlements: providers.Dependency[object] = providers.Dependency()
    taking_note: providers.Dependency[object] = providers.Dependency()
    requesting_refunds: providers.Dependency[object] = providers.Dependency()
    bookkeeping: providers.Dependency[object] = providers.Dependency()
    gateways: providers.Dependency[object] = providers.Dependency()
    hear: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    approve_payment = use_case(
        Permission.OPERATE_PAYMENTS,
        fitted(
            business_settings,
            providers.Singleton(
                ApprovePaymentHandler,
                unit_of_work=settlements,
                clock=clock,
                policy=bookings.hold_policy,
            ),
            with_policy,
        ),
        observe,
    )
    decline_payment = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(DeclinePaymentHandler, unit_of_work=settlements, clock=clock),
        observe,
    )
    quote_refund = use_case(
        Permission.REFUND_PAYMENTS,
        fitted(
            business_settings,
            providers.Singleton(
                QuoteRefundHandler,
                unit_of_work=settlements,
                clock=clock,
                new_id=new_id,
                good_for=timedelta(),
            ),
            promised,
        ),
        observe,
    )
    refund_as_quoted = use_case(
        Permission.REFUND_PAYMENTS,
        providers.Singleton(
            ConfirmRefundQuoteHandler,
            unit_of_work=settlements,
            requesting=requesting_refunds,
            clock=clock,
        ),
        observe,
    )
    drop_refund = use_case(
        Permission.APPROVE_REFUNDS,
        providers.Singleton(
            DropRefundHandler, unit_of_work=unit_of_work, taking_note=taking_note, clock=clock
        ),
        observe,
    )
    submit_evidence = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(
            SubmitEvidenceHandler,
            unit_of_work=unit_of_work,
            gateways=gateways,
            hear=hear,
            clock=clock,
        ),
        observe,
    )
    chase_instalments = use_case(
        Permission.WRITE_BOOKINGS,
        fitted(
            business_settings,
            providers.Singleton(
                ChaseInstalmentsHandler,
                unit_of_work=settlements,
                clock=clock,
                freeing=bookings.freeing,
            ),
            with_instalment_rules,
        ),
        observe,
    )
    issue_gift_credit = use_case(
        Permission.OPERATE_PAYMENTS,
        providers.Singleton(
            IssueGiftCreditHandler,
            unit_of_work=unit_of_work,
            bookkeeping=bookkeeping,
            clock=clock,
            new_id=new_id,
            chance=chance,
        ),
        observe,
    )
    use_gift_credit = use_case(
        Permission.TAKE_PAYMENTS,
        providers.Singleton(
            UseGiftCreditHandler,
            unit_of_work=settlements,
            taking_note=taking_note,
            clock=clock,
            new_id=new_id,
            chance=chance,
        ),
        observe,
    )
    lapse_gift_credit = use_case(
        Permission.OPERATE_PAYMENTS,
        fitted(
            business_settings,
            providers.Singleton(
                LapseGiftCreditHandler,
                unit_of_work=unit_of_work,
                bookkeeping=bookkeeping,
                clock=clock,
            ),
            with_lapses,
        ),
        observe,
    )
    expired_gift_credit = providers.Singleton(SqlExpiredGiftCredit, database)
    gift_credit_views = providers.Singleton(SqlGiftCreditViews, database)
    charge_paper_fees = providers.Singleton(ChargePaperFees, bookkeeping=bookkeeping, clock=clock)
    watch_instalments = providers.Singleton(WatchInstalments, clock=clock, new_id=new_id)
    instalment_views = providers.Singleton(SqlInstalmentViews, database)
    due_instalments = providers.Singleton(SqlDueInstalments, database)
    payment_reviews = providers.Singleton(SqlPaymentReviews, database)
