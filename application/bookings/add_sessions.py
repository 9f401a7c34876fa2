"""Add sessions like one that there is, again and again; all of them or none."""

from collections.abc import Sequence

import attrs

from application.bookings.copying import Copying
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, UnitOfWork
from domain.inventory.events import PoolsOpened
from domain.inventory.pools import Pool
from domain.inventory.resources import NeverTakesPlace, Resource, ResourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.recurrence import Recurrence


@attrs.frozen(kw_only=True)
class AddSessions:
    """`like` is what they are copied from, with its sales terms; each has units of its own."""

    actor: Actor
    like: ResourceId
    recurrence: Recurrence
    capacity: int
    name: str | None = None
    state: ResourceState = ResourceState.PUBLISHED
    once: Once[Sequence[Resource]] | None = None


@attrs.frozen(kw_only=True)
class AddSessionsHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    copying: Copying

    async def __call__(self, command: AddSessions, /) -> Sequence[Resource]:
        """Raises ResourceNotFound, ResourceIsDeleted and NeverTakesPlace of what is copied."""

        def add(work: BookingWork) -> Sequence[Resource]:
            like = self.copying.original(work, command.like)
            if like.offering.takes_place is None:
                raise NeverTakesPlace(like.id)
            terms = work.sales_terms.find(like.id)
            sessions = [
                work.resources.save(
                    self.copying.resource(
                        like,
                        like.offering.moved_to(period),
                        name=command.name,
                        state=command.state,
                    )
                )
                for period in command.recurrence.periods(like.zone)
            ]
            if terms is not None:
                for session in sessions:
                    work.sales_terms.save(self.copying.terms(terms, session))
            pools = [pool for session in sessions for pool in _pools(session, command.capacity)]
            work.inventory.open(sorted(pools, key=lambda pool: pool.id))
            work.facts.publish([self._opened(session, command.capacity) for session in sessions])
            return sessions

        return await self.unit_of_work(command.actor, add, once=command.once)

    def _opened(self, session: Resource, capacity: int) -> PoolsOpened:
        return PoolsOpened(
            resource_id=session.id,
            first=None,
            until=None,
            capacity=capacity,
            allowance=0,
            closed=False,
            occurred_at=self.clock(),
        )


def _pools(session: Resource, capacity: int) -> Sequence[Pool]:
    days = session.offering.pools(session.id, dates=None, zone=session.zone)
    return [
        Pool(id=pool_id, resource_id=session.id, day=day, capacity=capacity)
        for pool_id, day in days.items()
    ]
