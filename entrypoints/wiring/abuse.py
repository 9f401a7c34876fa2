"""Wiring of the checks against abuse."""

from dependency_injector import containers, providers

from adapters.abuse.contact_signs import OfflineSigns
from adapters.readers.recent_payments import SqlRecentPayments
from adapters.resilience.recent_payments import PromptRecentPayments
from application.bookings.checking_payments import CheckingPayments


class AbuseContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()

    recent_payments = providers.Singleton(
        PromptRecentPayments,
        providers.Singleton(SqlRecentPayments, database=database, clock=clock),
    )
    checking = providers.Singleton(
        CheckingPayments,
        recent_payments=recent_payments,
        signs=providers.Singleton(OfflineSigns),
    )
