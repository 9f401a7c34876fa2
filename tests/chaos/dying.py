"""Servers that end, as if by `kill -9`, while news of several calls is being written together.

Where is told by `DIES`. What was brought is noted in a file beforehand: for each the provider's
name of the call, and the key of what is told of it.
"""

import json
import os
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import attrs

from adapters.repositories.calls_together import SqlCallsTogether
from application.calls.intake import HearTogether, Item, TakenIn
from domain.kernel.actors import Actor

DIES = "DIES"
HALF_WRITTEN = "when the calls are in their table, and nothing else of them is"
NOT_COMMITTED = "when all is written"
NOT_ANSWERED = "when all is committed, and nobody has been told"
POINTS = (HALF_WRITTEN, NOT_COMMITTED, NOT_ANSWERED)
GROUP = "group.json"

hear = HearTogether.__call__
keep = SqlCallsTogether.keep


def die_at(point: str) -> None:
    if os.environ[DIES] == point:
        os.kill(os.getpid(), signal.SIGKILL)


def note(items: Sequence[Item]) -> None:
    facts = [(item.told.fact.provider_call, item.told.fact.key) for item in items]
    Path(os.environ["FRONTDESK_DATA_DIR"], GROUP).write_text(json.dumps(facts))


async def hear_and_die(
    self: HearTogether, actor: Actor, provider: str, items: Sequence[Item], /
) -> Sequence[bool | None]:
    note(items)
    outcomes = await hear(self, actor, provider, items)
    die_at(NOT_ANSWERED)
    return outcomes


def keep_and_die(self: SqlCallsTogether, taken: TakenIn, *, now: datetime) -> None:
    some = os.environ[DIES] == HALF_WRITTEN
    keep(self, attrs.evolve(taken, events=[], facts=[]) if some else taken, now=now)
    die_at(HALF_WRITTEN)
    die_at(NOT_COMMITTED)


def plant() -> None:
    HearTogether.__call__ = hear_and_die  # type: ignore[method-assign]
    SqlCallsTogether.keep = keep_and_die  # type: ignore[method-assign]
