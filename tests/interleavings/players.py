"""Use cases that stop before each statement, until they are told to go on."""

from asyncio import Event, Future, Task, create_task
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from enum import Enum
from typing import Any

import attrs
from sqlalchemy import Engine, event
from sqlalchemy.util import await_only

Move = Callable[[], Awaitable[object]]

# Neither sees nor locks a row, so what can happen before it can as well happen after it.
OF_NO_CONSEQUENCE = ("BEGIN", "SELECT set_config(")

WHO: ContextVar["Player | None"] = ContextVar("player", default=None)


class Standing(Enum):
    PARKED = "parked"
    RUNNING = "running"
    DONE = "done"


@attrs.define(eq=False)
class Player:
    """`moved` is set when one parks or is done; `process` is whom it waits as in the server."""

    number: int
    moved: Event
    standing: Standing = Standing.RUNNING
    process: int = 0
    statements: list[str] = attrs.field(factory=list)
    outcome: object = None
    _gate: "Future[None] | None" = None

    def begin(self, move: Move) -> Task[None]:
        return create_task(self._run(move))

    def go_on(self) -> None:
        gate, self._gate = self._gate, None
        assert gate is not None
        self.standing = Standing.RUNNING
        gate.set_result(None)

    async def park(self, statement: str, process: int) -> None:
        self.statements.append(statement)
        self.process = process
        self._gate = Future()
        self._is_now(Standing.PARKED)
        await self._gate

    async def _run(self, move: Move) -> None:
        WHO.set(self)
        try:
            self.outcome = await move()
        except Exception as refusal:  # noqa: BLE001  (the judge looks at it)
            self.outcome = refusal
        finally:
            self._is_now(Standing.DONE)

    def _is_now(self, standing: Standing) -> None:
        self.standing = standing
        self.moved.set()


def listen(engine: Engine) -> None:
    """From now on, whatever a player does with this engine stops before each statement."""
    event.listen(engine, "before_cursor_execute", _stop)


def _stop(connection: Any, _cursor: Any, statement: str, *_details: Any) -> None:
    player = WHO.get()
    if player is None or player.standing is not Standing.RUNNING:
        return  # of somebody else, or of what a player has left to be done later
    if not statement.startswith(OF_NO_CONSEQUENCE):
        driver = connection.connection.driver_connection
        await_only(player.park(statement, driver.get_server_pid()))
