"""An event loop whose time is virtual and whose order somebody chooses."""

import asyncio
import heapq
from collections import deque
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar
from hashlib import blake2b
from typing import Any, ClassVar, Protocol

from anyio import to_thread

from tests.simulation.policies import Key, Policy

STEP = 1e-6
"""Seconds that a step takes, so that whoever spins does not stop time."""

SILENT = "_log_destroy_pending"
"""Of a task that will never end, asyncio would say so."""


class Stuck(Exception):
    """Nobody is ready, nobody waits for a moment, and it is not the end."""


class TooLong(Exception):
    """More steps than any run should need: somebody runs in circles."""


class Place(Protocol):
    """Where a step is taken; what is dead takes none."""

    name: str
    is_dead: bool


class Nowhere:
    name = "world"
    is_dead = False


PLACE: ContextVar[Place] = ContextVar("place")
NOWHERE = Nowhere()


class Numbered:
    """Sets of these have the same order in every run, which an address in memory does not give."""

    _number: int

    def __hash__(self) -> int:
        return self._number


class Future(Numbered, asyncio.Future[Any]):
    def __init__(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        self._number = number
        super().__init__(loop=loop)

    __hash__ = Numbered.__hash__


class Task(Numbered, asyncio.Task[Any]):
    def __init__(self, coro: Any, *, number: int, **options: Any) -> None:
        self._number = number
        super().__init__(coro, name=options.pop("name", None) or str(number), **options)

    __hash__ = Numbered.__hash__


async def inline(func: Callable[..., Any], *args: Any, **_: Any) -> Any:
    """What anyio would do in a thread, which would answer at a moment of its own."""
    return func(*args)


@contextmanager
def without_threads() -> Iterator[None]:
    real = to_thread.run_sync
    setattr(to_thread, "run_sync", inline)  # noqa: B010
    try:
        yield
    finally:
        setattr(to_thread, "run_sync", real)  # noqa: B010


class Loop(asyncio.BaseEventLoop):
    """Blocking work runs inline, sockets and processes are not to be had.

    `trace` stands for all that was done, in its order, with the time of each step.
    """

    MOST_STEPS: ClassVar[int] = 400_000

    _ready: deque[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]
    _stopping: bool

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._policy = policy
        self._now = 0.0
        self._numbers = 0
        self._tasks: list[Task] = []
        self._trace = blake2b(digest_size=16)
        self.steps = 0
        self.on_step: Callable[[], None] | None = None

    @property
    def trace(self) -> str:
        return self._trace.hexdigest()

    def time(self) -> float:
        return self._now

    def create_future(self) -> asyncio.Future[Any]:
        return Future(self._next_number(), self)

    def create_task(
        self,
        coro: Coroutine[Any, Any, Any] | Generator[Any, None, Any],
        *,
        name: object = None,
        context: Context | None = None,
        **_: Any,
    ) -> asyncio.Task[Any]:
        number = self._next_number()
        task = Task(coro, number=number, loop=self, name=name, context=context)
        self._tasks.append(task)  # or it would be collected some day, and its `finally` run
        return task

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> Any:
        answer = self.create_future()
        try:
            answer.set_result(func(*args))
        except Exception as error:  # noqa: BLE001
            answer.set_exception(error)
        return answer

    def call_soon_threadsafe(self, *_: Any, **__: Any) -> asyncio.Handle:  # type: ignore[override]
        raise NotImplementedError("there are no threads here")

    async def getaddrinfo(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError("there is no network here")

    def call_exception_handler(self, context: Any) -> None:
        """Tasks that died with their host were never awaited; that is no news."""

    def drop_the_dead(self) -> None:
        """What a host had still to do when it crashed is not done, nor any `finally` run."""
        self._ready = deque(handle for handle in self._ready if not _place(handle).is_dead)
        self._scheduled = [one for one in self._scheduled if not _place(one).is_dead]
        heapq.heapify(self._scheduled)

    def dismantle(self) -> None:
        """Ends what never ended, out of sight of the run, so that nothing is left for later."""
        for task in self._tasks:
            if not task.done():
                setattr(task, SILENT, False)
                _unwind(task)
        self._tasks.clear()
        self._ready.clear()
        self._scheduled.clear()
        self.close()

    def _run_once(self) -> None:
        if not self._ready:
            self._wait()
        self._come_due()
        self._take_a_step()

    def _wait(self) -> None:
        while self._scheduled and self._scheduled[0].cancelled():
            heapq.heappop(self._scheduled)
        if not self._scheduled:
            raise Stuck
        self._now = max(self._now, self._scheduled[0].when())

    def _come_due(self) -> None:
        while self._scheduled and self._scheduled[0].when() <= self._now:
            self._ready.append(heapq.heappop(self._scheduled))

    def _take_a_step(self) -> None:
        place = self._policy([_key(handle) for handle in self._ready]) if self._ready else 0
        handle = self._ready[place]
        del self._ready[place]
        if handle.cancelled() or _place(handle).is_dead:
            return
        self.steps += 1
        if self.steps > self.MOST_STEPS:
            raise TooLong
        self._now += STEP
        where, number = _key(handle)
        self._trace.update(f"{where}:{number}:{self._now:.6f};".encode())
        handle._run()  # noqa: SLF001
        if self.on_step is not None:
            self.on_step()

    def _next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _process_events(self, event_list: Any) -> None:
        raise NotImplementedError

    def _write_to_self(self) -> None:
        pass


def _place(handle: asyncio.Handle) -> Place:
    context: Context = handle._context  # type: ignore[attr-defined]  # noqa: SLF001
    return context.get(PLACE, NOWHERE)


def _key(handle: asyncio.Handle) -> Key:
    callback = handle._callback  # type: ignore[attr-defined]  # noqa: SLF001
    owner = getattr(callback, "__self__", None)
    number = owner._number if isinstance(owner, Task) else 0  # noqa: SLF001
    return _place(handle).name, number


def _unwind(task: Task) -> None:
    coroutine: Any = task.get_coro()
    for _ in range(20):  # a `finally` that awaits something refuses to end
        try:
            coroutine.close()
        except RuntimeError:
            continue
        except BaseException:  # noqa: BLE001  (nobody is there any more to whom it matters)
            return
        else:
            return
