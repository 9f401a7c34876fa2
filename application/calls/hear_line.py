"""Take in what a line says by itself: signed, kept once, applied in whatever order it comes."""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from application.calls.hearing import apply_new, first_heard_of
from application.calls.intake import Intake
from application.calls.ports import CallWork
from application.calls.telephony_news import (
    BadTelephonyNews,
    Line,
    Lines,
    Message,
    Told,
)
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.kernel.actors import Actor


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
                call = first_heard_of(work, told, self.new_id(), now=now)
            elif call.hear(told.fact) == call:
                # Nothing would be saved that tells if it changes meanwhile.
                call = work.calls.locked(call.id)
            apply_new(work, call, told.fact, now=now)
            return True

        return await self.unit_of_work(actor, hear)


@attrs.frozen(kw_only=True)
class HearLineHandler:
    listening: Listening
    intake: Intake

    async def __call__(self, command: HearLine, /) -> bool:
        """Whether it was not heard before.

        Raises NoTelephony, BadTelephonySignature, BadTelephonyNews or UnknownCall.
        """
        line, now = self.listening.line(command), self.listening.clock()
        with sensible():
            told = line.told(command.message, now=now)
        return await self.intake(command.actor, told)


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
