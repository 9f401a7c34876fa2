"""Bugs of forgetting people that the oracles have to find, each where it would be made."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from dependency_injector import providers
from sqlalchemy import update

from adapters.repositories.customers import SqlCustomers, SqlCustomerWork
from adapters.schema.payments import payments
from adapters.sql.scope import Scope
from domain.kernel.identifiers import BookingId


@attrs.frozen
class SuperficialCustomers(SqlCustomers):
    """What is there for a while only is not thought of."""

    def forget_what_passes(self, email: str, booking_ids: Sequence[BookingId]) -> None:
        """It will be gone some day."""


@attrs.frozen
class ThoroughCustomers(SqlCustomers):
    """With whoever paid goes what they paid."""

    def forget_how_they_paid(self, booking_ids: Sequence[BookingId]) -> None:
        theirs = (self.scope.owns(payments), payments.c.booking_id.in_(booking_ids))
        left = {"captured_minor": payments.c.refunding_minor}
        self.scope.execute(update(payments).where(*theirs).values(left))


def _with(customers: type[SqlCustomers]) -> Callable[[Any], None]:
    def work_on(scope: Scope) -> SqlCustomerWork:
        return attrs.evolve(SqlCustomerWork.on(scope), customers=customers(scope))

    def plant(container: Any) -> None:
        container.customers.unit_of_work.add_kwargs(work_on=providers.Object(work_on))

    return plant


forgets_what_is_plain_only = _with(SuperficialCustomers)
forgets_the_money_as_well = _with(ThoroughCustomers)
