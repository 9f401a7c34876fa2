"""Bugs that the oracles have to find, each where it would be made."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import uuid4

import attrs
from dependency_injector import providers
from sqlalchemy import ColumnElement, Connection, FromClause, select, true, update
from sqlalchemy.exc import DBAPIError

from adapters.repositories.bookings import SqlBookingWork
from adapters.repositories.inventory import SqlInventory
from adapters.schema.inventory import claims as claim_rows
from adapters.schema.inventory import pools
from adapters.sql.answers import Replay, keep
from adapters.sql.database import Begin
from adapters.sql.news import WatchedDatabase
from adapters.sql.scope import Scope
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.once import Once
from application.payments.bookkeeping import Bookkeeping
from application.payments.gateway import ProviderRefused, ProviderUnavailable
from domain.inventory.pools import Shortage, SoldOut
from domain.kernel.actors import Actor
from domain.kernel.claims import Claim
from domain.kernel.identifiers import HoldId, OrganizationId
from domain.notifications.messages import Message, MessageId
from tests.simulation import planted_calls as on_the_line
from tests.simulation import planted_forgetting as forgetting
from tests.simulation import planted_waiting as waiting
from tests.simulation.callers import calls
from tests.simulation.database import SimulatedDatabase
from tests.simulation.guests import guests
from tests.simulation.program import Slot, engine
from tests.simulation.world import World

Work = TypeVar("Work")
Decision = TypeVar("Decision")
Life = Callable[[World], Awaitable[None]]


@attrs.frozen
class TrustingInventory(SqlInventory):
    """Looks what is free, and takes it for granted that it still is."""

    def take_together(self, wanted: Mapping[HoldId, Sequence[Claim]]) -> None:
        for hold_id, claims in wanted.items():
            for claim in claims:
                self._take(hold_id, claim)

    def _take(self, hold_id: HoldId, claim: Claim) -> None:
        ours = (self.scope.owns(pools), pools.c.id == claim.pool_id)
        pool = self.scope.ask(select(pools).where(*ours)).one()
        free = pool.capacity - pool.taken
        if claim.units > free:
            raise SoldOut((Shortage(claim.pool_id, requested=claim.units, free=free),))
        more = update(pools).where(*ours).values(taken=pools.c.taken + claim.units)
        self.scope.execute(more)
        self.scope.add(claim_rows, hold_id=hold_id, pool_id=claim.pool_id, units=claim.units)


def trusting(scope: Scope) -> SqlBookingWork:
    return attrs.evolve(SqlBookingWork.on(scope), inventory=TrustingInventory(scope))


def checks_then_acts(container: Any) -> None:
    container.bookings.unit_of_work.add_kwargs(work_on=providers.Object(trusting))


class ForgetfulUnitOfWork(SqlUnitOfWork[Work]):
    """Stores the answer in a transaction of its own, after the effect."""

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[Work], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        if once is None:
            return await super().__call__(actor, decide)
        await self.database.read(Replay(actor, once), of=actor.organization_id)
        decision = await super().__call__(actor, decide)

        def store(connection: Connection, begin: Begin) -> None:
            scope = Scope(connection, actor, self.new_id, begin)
            keep(scope, once, decision, now=self.clock())
            scope.finish()

        await self.database.decide(store, of=actor.organization_id)
        return decision


def stores_answers_later(container: Any) -> None:
    container.bookings.unit_of_work.set_provides(ForgetfulUnitOfWork)


class HastyDatabase(SimulatedDatabase):
    """Tells of success, whatever becomes of the COMMIT."""

    def _decide(self, work: Callable[[Connection, Begin], Decision]) -> Decision:
        decided: list[Decision] = []

        def noted(connection: Connection, begin: Begin) -> Decision:
            decided.append(work(connection, begin))
            return decided[0]

        try:
            return super()._decide(noted)
        except DBAPIError:
            if decided:
                return decided[0]
            raise


def acknowledges_before_commit(container: Any) -> None:
    def watched() -> WatchedDatabase:
        hasty = HastyDatabase(engine=engine())
        return WatchedDatabase(database=hasty, committed=container.news().committed_here)

    container.database.override(providers.Singleton(watched))


@attrs.frozen
class Impatient:
    """Takes no answer for a no."""

    gateway: Any

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.gateway, name)
        if not callable(method):
            return method

        async def called(*given: Any, **named: Any) -> Any:
            try:
                return await method(*given, **named)
            except ProviderUnavailable as error:
                raise ProviderRefused("timeout") from error

        return called


@attrs.frozen
class ImpatientGateways:
    gateways: Any

    def of(self, organization_id: OrganizationId, /) -> Any:
        return Impatient(self.gateways.of(organization_id))

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Any:
        return self.gateways.notifications(organization_id, provider)


def takes_no_answer_for_a_no(container: Any) -> None:
    real = container.payment_providers.gateways.last_overriding
    container.payment_providers.gateways.override(providers.Factory(ImpatientGateways, real))


class Forgiving(Bookkeeping):
    """What goes back is not written down."""

    def of_refund(self, before: Any, after: Any, *, now: Any) -> Any:
        return iter(())


def gives_back_past_the_books(container: Any) -> None:
    container.payments.bookkeeping.set_provides(Forgiving)


@attrs.frozen
class Renaming:
    """Each try is a message of its own."""

    mailer: Any

    async def send(self, message: Message, /) -> None:
        await self.mailer.send(attrs.evolve(message, id=MessageId(uuid4())))


def sends_new_messages(container: Any) -> None:
    real = container.notifications.transport.last_overriding
    container.notifications.transport.override(providers.Factory(Renaming, real))


class LaxScope(Scope):
    """Whose rows they are, nobody asks."""

    def owns(self, table: FromClause) -> ColumnElement[bool]:
        return true()


def lax(scope: Scope) -> SqlBookingWork:
    fields = attrs.fields(Scope)
    return SqlBookingWork.on(LaxScope(**{one.name: getattr(scope, one.name) for one in fields}))


def forgets_whose_it_is(container: Any) -> None:
    container.bookings.unit_of_work.add_kwargs(work_on=providers.Object(lax))


@attrs.frozen
class Planted:
    """What makes it, which oracle has to see it, the faults without which it does no harm, and
    what has to happen. At `seed` it was found last: tests, which are in a hurry, begin there.
    """

    plant: Callable[[Any], None]
    seen_by: str
    needs: frozenset[str] = frozenset()
    life: Life = guests
    seed: int = 0


BUGS: Mapping[str, Planted] = {
    "checks then acts": Planted(checks_then_acts, "nothing is sold twice", seed=3),
    "stores answers later": Planted(
        stores_answers_later,
        "one key, one effect",
        needs=frozenset({"commit fails", "commit is not answered"}),
        seed=1,
    ),
    "acknowledges before commit": Planted(
        acknowledges_before_commit,
        "what was acknowledged is there",
        needs=frozenset({"commit fails"}),
        seed=5,
    ),
    "takes no answer for a no": Planted(
        takes_no_answer_for_a_no,
        "no payment is unknown",
        needs=frozenset({"provider is not heard"}),
        seed=2,
    ),
    "gives back past the books": Planted(
        gives_back_past_the_books, "what goes back is in the books"
    ),
    "sends new messages": Planted(
        sends_new_messages, "every letter is shown once", needs=frozenset({"mail is not heard"})
    ),
    "forgets whose it is": Planted(forgets_whose_it_is, "every statement says of whom"),
    "forgets who waits": Planted(waiting.forgets_who_waits, "what is free is offered"),
    "offers one thing to two": Planted(
        waiting.offers_one_thing_to_two, "nothing is offered twice"
    ),
    "leaves offers open": Planted(waiting.leaves_offers_open, "an offer is as good as its hold"),
    "begins at the wrong end": Planted(waiting.begins_at_the_wrong_end, "offers go in order"),
    "gives nothing back": Planted(waiting.gives_nothing_back, "nothing is kept for nobody"),
    "forgets what is plain only": Planted(
        forgetting.forgets_what_is_plain_only, "nothing is left of who was forgotten"
    ),
    "forgets the money as well": Planted(
        forgetting.forgets_the_money_as_well, "captured is in the books"
    ),
    "leaves holds of calls alone": Planted(
        on_the_line.leaves_holds_of_calls_alone,
        "holds of ended calls go as the desk has set",
        life=calls,
    ),
    "takes calls of others": Planted(
        on_the_line.takes_calls_of_others, "a call is one agent's", life=calls, seed=2
    ),
    "hangs up and writes nothing": Planted(
        on_the_line.hangs_up_and_writes_nothing,
        "no agent has two calls",
        needs=frozenset({"provider's message comes late"}),
        life=calls,
    ),
    "believes what it hears last": Planted(
        on_the_line.believes_what_it_hears_last,
        "a call ends once",
        needs=frozenset({"provider's message comes late"}),
        life=calls,
    ),
    "asks the line for nothing": Planted(
        on_the_line.asks_the_line_for_nothing,
        "every call has ended",
        needs=frozenset({"provider's message is lost"}),
        life=calls,
        seed=1,
    ),
    "hangs up at the desk only": Planted(
        on_the_line.hangs_up_at_the_desk_only, "the line and the desk agree", life=calls
    ),
}


@lru_cache(maxsize=8)
def spoilt(bug: str, name: str) -> Slot:
    slot = Slot(name)
    BUGS[bug].plant(slot.container)
    return slot
