"""Bugs of waiting lists that the oracles have to find, each where it would be made."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from dependency_injector import providers

from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.inventory import SqlInventory
from adapters.repositories.waiting import SqlWaitingList
from adapters.sql.scope import Scope
from application.bookings.freeing import Freeing
from application.bookings.offers import Offers
from application.bookings.ports import BookingWork
from domain.bookings.booking import Booking
from domain.bookings.waiting import WaitingEntry, WaitingState
from domain.kernel.identifiers import HoldId, PoolId


class DeafOffers(Offers):
    """Nobody is looked for who waits."""

    def around(
        self, work: BookingWork, pool_ids: Sequence[PoolId], free: Callable[[], None], /
    ) -> None:
        free()


def forgets_who_waits(container: Any) -> None:
    container.waiting.offers.set_provides(DeafOffers)


class GenerousOffers(Offers):
    """What is offered to one is offered to the next as well."""

    def around(
        self, work: BookingWork, pool_ids: Sequence[PoolId], free: Callable[[], None], /
    ) -> None:
        before = work.waiting.line(pool_ids)
        super().around(work, pool_ids, free)
        now = [work.waiting.get(entry.id) for entry in before]
        offered = [entry for entry in now if entry.state is WaitingState.OFFERED]
        waiting = [entry for entry in now if entry.state is WaitingState.WAITING]
        for first, second in zip(offered, waiting, strict=False):
            work.waiting.save(self._as_well(first, second))

    def _as_well(self, first: WaitingEntry, second: WaitingEntry) -> WaitingEntry:
        if first.booking_id is None or first.reason is None:
            return second
        now = self.clock()
        return second.offer(first.booking_id, first.reason, expires_at=now, now=now)


def offers_one_thing_to_two(container: Any) -> None:
    container.waiting.offers.set_provides(GenerousOffers)


class CarelessFreeing(Freeing):
    """What becomes of an offer is not noted on the list."""

    def _close_offers(self, work: BookingWork, bookings: Sequence[Booking]) -> None:
        """Not even looked for."""


def leaves_offers_open(container: Any) -> None:
    container.waiting.freeing.set_provides(CarelessFreeing)


@attrs.frozen
class LatestFirst(SqlWaitingList):
    """Begins at the wrong end."""

    def line(self, pool_ids: Sequence[PoolId]) -> Sequence[WaitingEntry]:
        return tuple(reversed(super().line(pool_ids)))


def latest_first(scope: Scope) -> SqlBookingWork:
    return attrs.evolve(SqlBookingWork.on(scope), waiting=LatestFirst(scope))


def begins_at_the_wrong_end(container: Any) -> None:
    _works_on(container, latest_first)


@attrs.frozen
class KeepingInventory(SqlInventory):
    """What is released stays taken."""

    def give_back(self, hold_ids: Sequence[HoldId]) -> None:
        """Not at all."""


def keeping(scope: Scope) -> SqlBookingWork:
    return attrs.evolve(SqlBookingWork.on(scope), inventory=KeepingInventory(scope))


def gives_nothing_back(container: Any) -> None:
    _works_on(container, keeping)


def _works_on(container: Any, work_on: Callable[[Scope], SqlBookingWork]) -> None:
    for units in (container.bookings.unit_of_work, container.waiting.unit_of_work):
        units.add_kwargs(work_on=providers.Object(work_on))
