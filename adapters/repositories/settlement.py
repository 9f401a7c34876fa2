"""Bookings and payments in one transaction, in SQL."""

import attrs

from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.gift_credits import SqlGiftCredits
from adapters.repositories.instalments import SqlInstalments
from adapters.repositories.ledger import SqlLedger
from adapters.repositories.payments import SqlPayments
from adapters.repositories.promises import SqlRefundQuotes
from adapters.repositories.provider_news import SqlDisputes, SqlProviderEvents
from adapters.repositories.refunds import SqlRefunds
from adapters.sql.scope import Scope
from application.bookings.payment_ports import SettlementWork


@attrs.frozen(kw_only=True)
class SqlSettlementWork(SqlBookingWork, SettlementWork):
    payments: SqlPayments
    refunds: SqlRefunds
    disputes: SqlDisputes
    ledger: SqlLedger
    provider_events: SqlProviderEvents
    gift_credits: SqlGiftCredits
    refund_quotes: SqlRefundQuotes
    instalments: SqlInstalments

    @classmethod
    def on(cls, scope: Scope) -> "SqlSettlementWork":
        return cls(
            **attrs.asdict(SqlBookingWork.on(scope), recurse=False),
            payments=SqlPayments(scope),
            refunds=SqlRefunds(scope),
            disputes=SqlDisputes(scope),
            ledger=SqlLedger(scope),
            provider_events=SqlProviderEvents(scope),
            gift_credits=SqlGiftCredits(scope),
            refund_quotes=SqlRefundQuotes(scope),
            instalments=SqlInstalments(scope),
        )
