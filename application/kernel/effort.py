"""What answering one request has cost so far."""

from contextvars import ContextVar, Token

import attrs


@attrs.define(eq=False)
class Effort:
    statements: int = 0


_at_hand: ContextVar[Effort | None] = ContextVar("effort", default=None)


def begin_effort() -> tuple[Effort, Token[Effort | None]]:
    effort = Effort()
    return effort, _at_hand.set(effort)


def end_effort(token: Token[Effort | None]) -> None:
    _at_hand.reset(token)


def effort_at_hand() -> Effort | None:
    """None where no request is being answered."""
    return _at_hand.get()
