"""Jobs while they run: handlers on the loop of the application, the engine's calls on threads.

The engine is synchronous and knows a job by the thread that runs it. The handler wants the loop
its connections belong to. So the thread stays and does for the handler what only it can do.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import CancelledError, Future
from contextvars import Context, ContextVar, copy_context
from functools import partial
from itertools import chain, repeat
from queue import SimpleQueue
from threading import Event
from typing import Any, TypeVar, cast

from dbos import DBOS

from adapters.jobs.failures import Interrupted, JobFailed, described, trace
from application.kernel.jobs import JobContext, JobHandler, QueuedJob, Result
from application.kernel.refusals import TEMPORARY
from application.kernel.tracing import told_of
from domain.kernel.actors import Actor
from domain.kernel.refusals import Refusal

logger = logging.getLogger(__name__)

Value = TypeVar("Value")

PROGRESS = "progress"
WAITS = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds

_within_step = ContextVar("within_step", default=False)


class Run(JobContext):
    """One run of one job; `execute` is for its thread, the port for the loop."""

    def __init__(
        self,
        job: QueuedJob,
        actor: Actor,
        *,
        loop: asyncio.AbstractEventLoop,
        retry_after: tuple[float, ...],
    ) -> None:
        self._job = job
        self._actor = actor
        self._loop = loop
        self._retry_after = retry_after
        self._requests: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._interrupted = Event()
        self._under_way: set[Future[Any]] = set()
        self._results: dict[int, Any] = {}
        self._position = 0

    @property
    def job_id(self) -> str:
        return str(self._job.id)

    @property
    def actor(self) -> Actor:
        return self._actor

    async def step(self, name: str, work: Callable[[], Awaitable[Result]], /) -> Result:
        if _within_step.get():
            raise RuntimeError(f"the step {name} would begin within another one")
        position = self._position
        self._position += 1
        if position not in self._results:
            perform = partial(self._perform, name, work, copy_context())
            result = await self._ask(lambda: DBOS.run_step({"name": name}, perform))
            self._results[position] = result
        return cast(Result, self._results[position])

    async def progress(self, done: int, total: int) -> None:
        await self._ask(lambda: DBOS.set_event(PROGRESS, {"done": done, "total": total}))

    def execute(self, handler: JobHandler) -> None:
        """Raises `JobFailed`, or `Interrupted` if the job is to be resumed."""
        # An empty context: what the engine knows about this thread is not the handler's.
        handling = self._on_loop(self._handle(handler), Context())
        handling.add_done_callback(lambda _: self._requests.put(None))
        try:
            while (request := self._requests.get()) is not None:
                request()
            handling.result()
        except CancelledError:
            raise Interrupted from None
        finally:
            handling.cancel()
            self._under_way.discard(handling)

    def interrupt(self) -> None:
        self._interrupted.set()
        for future in tuple(self._under_way):
            future.cancel()

    async def _handle(self, handler: JobHandler) -> None:
        try:
            await self._through_outages(handler)
        except JobFailed:
            raise
        except Exception as error:  # noqa: BLE001
            self._log("a job failed outside its steps", error)
            raise JobFailed.of(error) from None

    async def _through_outages(self, handler: JobHandler) -> None:
        """Begins again as after a crash: what was done in steps is not done again."""

        async def begin() -> None:
            self._position = 0
            await handler(self._job, self)

        await self._when_all_is_there("the job", begin)

    async def _attempt(self, name: str, work: Callable[[], Awaitable[Value]]) -> Value:
        _within_step.set(True)
        for pause in self._retry_after:
            try:
                return await self._when_all_is_there(f"the step {name}", work)
            except Refusal as refusal:
                raise JobFailed.of(refusal) from None
            except Exception as error:  # noqa: BLE001
                self._log(f"the step {name} failed and is tried again in {pause} s", error)
            await asyncio.sleep(pause)
        try:
            return await self._when_all_is_there(f"the step {name}", work)
        except Exception as error:  # noqa: BLE001
            self._log(f"the step {name} failed for good", error)
            raise JobFailed.of(error) from None

    async def _when_all_is_there(self, what: str, work: Callable[[], Awaitable[Value]]) -> Value:
        """An outage is nobody's failure: it is waited for, however long, and costs no attempt."""
        for pause in chain(WAITS, repeat(WAITS[-1])):
            try:
                return await work()
            except TEMPORARY as away:
                self._log(f"{what} waits {pause} s for what is away", away)
            await asyncio.sleep(pause)
        raise AssertionError("waits do not end")

    def _perform(self, name: str, work: Callable[[], Awaitable[Value]], context: Context) -> Any:
        attempt = self._on_loop(self._attempt(name, work), context)
        try:
            # As it will be read back: a handler must not depend on which of the two it got.
            return json.loads(json.dumps(attempt.result()))
        except CancelledError:
            raise Interrupted from None
        finally:
            self._under_way.discard(attempt)

    def _on_loop(self, work: Coroutine[Any, Any, Value], context: Context) -> Future[Value]:
        if self._loop.is_closed():
            work.close()
            raise Interrupted
        future = context.run(asyncio.run_coroutine_threadsafe, work, self._loop)
        self._under_way.add(future)
        if self._interrupted.is_set():
            future.cancel()
        return future

    async def _ask(self, call: Callable[[], Value]) -> Value:
        answer: asyncio.Future[Value] = self._loop.create_future()
        self._requests.put(partial(self._answer, answer, call))
        return await answer

    def _answer(self, answer: asyncio.Future[Value], call: Callable[[], Value]) -> None:
        try:
            value = call()
        except Exception as error:  # noqa: BLE001
            self._loop.call_soon_threadsafe(_fail, answer, error)
        else:
            self._loop.call_soon_threadsafe(_fulfil, answer, value)

    def _log(self, message: str, error: BaseException) -> None:
        logger.warning(
            message,
            extra={
                "job_id": self.job_id,
                "job_name": self._job.name,
                "organization_id": str(self._job.organization_id),
                **told_of(self._job.trace),
                "error": described(error),
                "error_trace": trace(error),
            },
        )


def _fulfil(answer: asyncio.Future[Value], value: Value) -> None:
    if not answer.done():
        answer.set_result(value)


def _fail(answer: asyncio.Future[Value], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
