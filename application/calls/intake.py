"""Take in many facts of an organization's line in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

import attrs

from application.calls.hearing import first_heard_of
from application.calls.ports import CallWork
from application.calls.telephony_news import Told
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.tracing import Trace
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.kernel.actors import Actor
from domain.kernel.events import Event

Key = tuple[str, str]
"""The provider's name of a call, and the key of a fact about it."""


@attrs.frozen(kw_only=True)
class Item:
    """`trace` is of the request that it came with."""

    told: Told
    trace: Trace | None


class Intake(Protocol):
    async def __call__(self, actor: Actor, told: Told, /) -> bool:
        """Whether it was not heard before; it is stored by then. Raises UnknownCall."""
        ...


@attrs.frozen(kw_only=True)
class TakenIn:
    """`calls` are new or have changed, as they are now; `events` say what happened to them, each
    with the trace of what it follows from; `facts` have whose they are.
    """

    calls: Sequence[Call]
    events: Sequence[tuple[Trace | None, Sequence[Event]]]
    facts: Sequence[tuple[Call, Heard]]


class CallsTogether(Protocol):
    """Many calls of one provider at once."""

    def named(self, provider: str, names: Collection[str]) -> Mapping[str, Call]:
        """Those that are known, by the provider's names; locked until the unit of work ends."""
        ...

    def heard(self, provider: str, keys: Collection[Key]) -> AbstractSet[Key]:
        """Those of the facts that were delivered before."""
        ...

    def keep(self, taken: TakenIn, *, now: datetime) -> None:
        """Calls that are locked, or new ones. Raises Stale if somebody else was faster."""
        ...


class IntakeWork(CallWork, Protocol):
    @property
    def together(self) -> CallsTogether: ...


@attrs.frozen(kw_only=True)
class HearTogether:
    """As hearing each of them in turn, with one version of each call for all that is new of it."""

    unit_of_work: UnitOfWork[IntakeWork]
    clock: Clock
    new_id: NewId

    async def __call__(
        self, actor: Actor, provider: str, items: Sequence[Item], /
    ) -> Sequence[bool | None]:
        """Whether each was not heard before; None for what has to be heard alone.

        Nothing has happened if it raises.
        """
        now = self.clock()

        def hear(work: IntakeWork) -> Sequence[bool | None]:
            sheet = Sheet.of(work, provider, [item.told.fact for item in items])
            outcomes = [sheet.hear(item, self.new_id, now=now) for item in items]
            work.together.keep(sheet.taken(), now=now)
            return outcomes

        return await self.unit_of_work(actor, hear)


@attrs.frozen(kw_only=True)
class Sheet:
    """`seen` are calls as they were found, `calls` as they have become."""

    work: CallWork
    seen: Mapping[str, Call]
    calls: dict[str, Call]
    heard: set[Key]
    events: list[tuple[Trace | None, Sequence[Event]]] = attrs.field(factory=list, init=False)
    facts: list[Heard] = attrs.field(factory=list, init=False)

    @classmethod
    def of(cls, work: IntakeWork, provider: str, facts: Sequence[Heard]) -> "Sheet":
        seen = work.together.named(provider, {fact.provider_call for fact in facts})
        keys = {_key(fact) for fact in facts if fact.provider_call in seen}
        heard = set(work.together.heard(provider, keys)) if keys else set()
        return cls(work=work, seen=seen, calls=dict(seen), heard=heard)

    def hear(self, item: Item, new_id: NewId, *, now: datetime) -> bool | None:
        told, fact = item.told, item.told.fact
        if _key(fact) in self.heard:
            return False
        call = self.calls.get(fact.provider_call)
        if call is None:
            if told.incoming is None:
                return None  # who placed it is asked for by another name
            call = first_heard_of(self.work, told, new_id(), now=now)
        after = call.hear(fact)
        new = after.events[self._told(fact.provider_call) :]
        if new:
            self.events.append((item.trace, new))
        self.calls[fact.provider_call] = after
        self.heard.add(_key(fact))
        self.facts.append(fact)
        return True

    def _told(self, name: str) -> int:
        """How many of its events are among `events` already."""
        return len(self.calls[name].events) if name in self.calls else 0

    def taken(self) -> TakenIn:
        return TakenIn(
            calls=[
                call
                for name, call in self.calls.items()
                if call.events or call != self.seen.get(name)
            ],
            events=self.events,
            facts=[(self.calls[fact.provider_call], fact) for fact in self.facts],
        )


def _key(fact: Heard) -> Key:
    return fact.provider_call, fact.key
