"""A circuit breaker: what fails too often is left alone for a while, then tried with care."""

import logging
from collections import deque
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Protocol, TypeVar

import attrs

from domain.kernel.refusals import Category

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

MOST_REMEMBERED = 1000
HUNDRED = 100


class State(Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class BreakerOpen(Exception):
    """It was not even tried."""


@attrs.frozen(kw_only=True)
class Preset:
    """Opens at `failures` within `within` seconds if they are `percent` of what was tried then.

    Stays open for `open_for` seconds, which says nothing about how long a call may take. Then
    `trials` at once are let through, and after `successes` of those it is closed again.
    """

    failures: int
    successes: int
    open_for: float
    within: float = 60
    percent: int = 50
    trials: int = 1


class Board(Protocol):
    """Where the breakers of one name in several processes tell each other."""

    def open_until(self, name: str, /) -> float | None: ...

    def opened(self, name: str, /, *, until: float) -> None: ...

    def closed(self, name: str, /) -> None: ...


@attrs.define(kw_only=True, eq=False)
class Breaker:
    """`seconds` are those that all processes count alike.

    `fails` says what is a failure; whatever else is raised shows that the other side answers. A
    call that is cancelled shows nothing. What ends in another state than it began in is not
    counted: it tells of the past.
    """

    name: str
    preset: Preset
    seconds: Callable[[], float]
    fails: Callable[[BaseException], bool]
    board: Board
    changes: int = attrs.field(default=0, init=False)
    refused: int = attrs.field(default=0, init=False)
    _state: State = attrs.field(default=State.CLOSED, init=False)
    _outcomes: deque[tuple[float, bool]] = attrs.field(init=False)
    _open_until: float = attrs.field(default=0.0, init=False)
    _trying: int = attrs.field(default=0, init=False)
    _succeeded: int = attrs.field(default=0, init=False)

    @_outcomes.default
    def _none_yet(self) -> deque[tuple[float, bool]]:
        return deque(maxlen=MOST_REMEMBERED)

    @property
    def state(self) -> State:
        self._hear()
        if self._state is State.OPEN and self.seconds() >= self._open_until:
            self._become(State.HALF_OPEN)
        return self._state

    async def __call__(self, do: Callable[[], Awaitable[Result]], /) -> Result:
        """Raises BreakerOpen."""
        began = self._let_in()
        try:
            result = await do()
        except Exception as error:
            self._ended(began, failed=self.fails(error))
            raise
        except BaseException:
            self._given_up(began)
            raise
        self._ended(began, failed=False)
        return result

    def reset(self) -> None:
        """By hand, for whoever knows that it is mended."""
        self._become(State.CLOSED)

    def _let_in(self) -> int:
        """The state's number; it is another with every change."""
        state = self.state
        if state is State.OPEN or (
            state is State.HALF_OPEN and self._trying >= self.preset.trials
        ):
            self.refused += 1
            raise BreakerOpen(self.name)  # a new one each time: tracebacks grow
        if state is State.HALF_OPEN:
            self._trying += 1
        return self.changes

    def _ended(self, began: int, *, failed: bool) -> None:
        if began != self.changes:
            return
        if self._state is State.CLOSED:
            self._outcomes.append((self.seconds(), failed))
            if failed and self._is_too_much():
                self._become(State.OPEN)
            return
        self._trying -= 1
        self._succeeded += not failed
        if failed:
            self._become(State.OPEN)
        elif self._succeeded >= self.preset.successes:
            self._become(State.CLOSED)

    def _given_up(self, began: int) -> None:
        if began == self.changes and self._state is State.HALF_OPEN:
            self._trying -= 1

    def _is_too_much(self) -> bool:
        since = self.seconds() - self.preset.within
        while self._outcomes and self._outcomes[0][0] <= since:
            self._outcomes.popleft()
        failures = sum(failed for _, failed in self._outcomes)
        share = HUNDRED * failures >= self.preset.percent * len(self._outcomes)
        return failures >= self.preset.failures and share

    def _hear(self) -> None:
        """What another process found out is as good as what this one did."""
        until = self.board.open_until(self.name)
        if self._state is State.CLOSED and until is not None and until > self.seconds():
            self._become(State.OPEN, until=until)
        elif self._state is State.OPEN and until is None:
            self._become(State.CLOSED)

    def _become(self, state: State, *, until: float | None = None) -> None:
        if state is self._state:
            return
        before, self._state = self._state, state
        self.changes += 1
        self._trying = self._succeeded = 0
        self._outcomes.clear()
        if state is State.OPEN:
            self._open_until = until or self.seconds() + self.preset.open_for
        self._tell(before)

    def _tell(self, before: State) -> None:
        if self._state is State.OPEN:
            self.board.opened(self.name, until=self._open_until)
        if self._state is State.CLOSED:
            self.board.closed(self.name)
        logger.warning(
            "the breaker of %s was %s and is %s",
            self.name,
            before.value,
            self._state.value,
            extra={
                "category": Category.EXTERNAL_SERVICE.value,
                "breaker": self.name,
                "state": self._state.value,
            },
        )
