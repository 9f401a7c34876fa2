"""How long requests take, what they cost the database, and how use cases end."""

from asyncio import CancelledError
from collections.abc import Callable
from contextvars import Token
from typing import Generic, TypeVar

import attrs

from application.kernel.effort import Effort, begin_effort, end_effort
from application.kernel.figures import Figures
from application.kernel.once import Replayed
from application.kernel.ports import UseCase
from application.kernel.told_figures import REQUEST_STATEMENTS, REQUESTS, USE_CASES
from application.kernel.tracing import ServedSpan, Serving, Trace
from domain.kernel.refusals import Refusal

Command = TypeVar("Command")
Result = TypeVar("Result")

# Anybody may make up others.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "_OTHER"
GONE = "gone"


@attrs.frozen
class MeasuredRequest:
    span: ServedSpan
    figures: Figures
    seconds: Callable[[], float]
    began: float
    effort: Effort
    token: Token[Effort | None]

    @property
    def trace(self) -> Trace:
        return self.span.trace

    def end(self, *, method: str, route: str, status: int) -> None:
        end_effort(self.token)
        verb = method if method in METHODS else OTHER
        code = str(status) if status else GONE
        self.figures.observe(REQUESTS, self.seconds() - self.began, verb, route, code)
        self.figures.observe(REQUEST_STATEMENTS, self.effort.statements, route)
        self.span.end(method=method, route=route, status=status)


@attrs.frozen
class MeasuredServing:
    serving: Serving
    figures: Figures
    seconds: Callable[[], float]

    def __call__(self, parent: Trace | None, /) -> ServedSpan:
        effort, token = begin_effort()
        span = self.serving(parent)
        return MeasuredRequest(span, self.figures, self.seconds, self.seconds(), effort, token)


@attrs.frozen
class Measured(Generic[Command, Result]):
    """Named after the command, with the outcomes of its span."""

    use_case: UseCase[Command, Result]
    figures: Figures

    async def __call__(self, command: Command, /) -> Result:
        outcome = "failed"
        try:
            result = await self.use_case(command)
            outcome = "done"
        except Refusal as refusal:
            outcome = f"refused:{refusal.code}"
            raise
        except Replayed:
            outcome = "replayed"
            raise
        except CancelledError:
            outcome = "cancelled"
            raise
        else:
            return result
        finally:
            self.figures.add(USE_CASES, type(command).__name__, outcome)
