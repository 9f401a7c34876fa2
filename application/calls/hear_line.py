"""Take in what a line says by itself: signed, kept once, applied in whatever order it comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import attrs

from application.calls.hearing import apply_new
from application.calls.ports import CallWork
from application.calls.telephony_news import (
    BadTelephonyNews,
    Incoming,
    Line,
    Lines,
    Message,
    Told,
    UnknownCall,
)
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.calls.call import Call, Direction, Numbers
from domain.calls.facts import Heard
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from domain.kernel.phone_numbers import is_phone_number

CALL = "call"
"""The member of `details` with our own name for the call, where the line knows it."""


@attrs.frozen(kw_only=True)
class HearLine:
    actor: Actor
    provider: str
    message: Message = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Listening:
    """What both ways of speaking to us have in common."""

    unit_of_work: UnitOfWork[CallWork]
    lines: Lines
    clock: Clock
    new_id: NewId

    def line(self, command: HearLine) -> Line:
        """Raises NoTelephony."""
        return self.lines.line(command.actor.organization_id, command.provider)

    async def hear(self, actor: Actor, told: Told) -> bool:
        """Whether it was not heard before. Raises UnknownCall."""
        now = self.clock()

        def hear(work: CallWork) -> bool:
            known = work.calls.mentioned(told.fact)
            if known.before:
                return False
            call = known.call
            if call is None:
                call = self._call(work, told, now)
            elif call.hear(told.fact) == call:
                # Nothing would be saved that tells if it changes meanwhile.
                call = work.calls.locked(call.id)
            apply_new(work, call, told.fact, now=now)
            return True

        return await self.unit_of_work(actor, hear)

    def _call(self, work: CallWork, told: Told, now: datetime) -> Call:
        """The one it was placed for, or a new one if it came in."""
        fact = told.fact
        if told.incoming is not None:
            return self._come_in(fact, told.incoming, now)
        return _named(_placed(work, fact), fact)

    def _come_in(self, fact: Heard, incoming: Incoming, now: datetime) -> Call:
        return Call.initiate(
            CallId(self.new_id()),
            Direction.INBOUND,
            Numbers(caller=_number(incoming.caller), called=_number(incoming.called)),
            now=min(now, fact.at),
            provider=fact.provider,
            provider_call=fact.provider_call,
        )


@attrs.frozen(kw_only=True)
class HearLineHandler:
    listening: Listening

    async def __call__(self, command: HearLine, /) -> bool:
        """Whether it was not heard before.

        Raises NoTelephony, BadTelephonySignature, BadTelephonyNews or UnknownCall.
        """
        line, now = self.listening.line(command), self.listening.clock()
        with sensible():
            told = line.told(command.message, now=now)
        return await self.listening.hear(command.actor, told)


@attrs.frozen(kw_only=True)
class InstructLineHandler:
    """A call is up and asks what to do; one that comes in may be heard of for the first time."""

    listening: Listening

    async def __call__(self, command: HearLine, /) -> bytes:
        """Raises as `HearLineHandler` does."""
        line, now = self.listening.line(command), self.listening.clock()
        with sensible():
            told = line.rung(command.message, now=now)
        await self.listening.hear(command.actor, told)
        return line.instructions(told.fact.provider_call)


@contextmanager
def sensible() -> Iterator[None]:
    """Raises BadTelephonyNews for what makes no sense."""
    try:
        yield
    except ValueError as error:
        raise BadTelephonyNews from error


def _placed(work: CallWork, fact: Heard) -> Call:
    """Whoever placed it may not have heard its name yet. Raises UnknownCall."""
    try:
        return work.calls.locked(CallId(UUID(fact.details[CALL])))
    except (KeyError, ValueError, CallNotFound):
        raise UnknownCall from None


def _named(call: Call, fact: Heard) -> Call:
    """Raises UnknownCall if it has another name already: nobody places a call twice."""
    if call.provider_call not in (None, fact.provider_call):
        raise UnknownCall
    return attrs.evolve(call, provider=fact.provider, provider_call=fact.provider_call)


def _number(given: str | None) -> str | None:
    return given if given is not None and is_phone_number(given) else None
