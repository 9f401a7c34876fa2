"""A span for every run of a use case."""

from asyncio import CancelledError
from typing import Generic, TypeVar

import attrs
from opentelemetry.context import attach, detach
from opentelemetry.trace import Span, Status, StatusCode, Tracer, set_span_in_context

from application.kernel.once import Replayed
from application.kernel.ports import UseCase
from domain.kernel.refusals import Refusal

Command = TypeVar("Command")
Result = TypeVar("Result")

OUTCOME = "frontdesk.outcome"
ERROR_TYPE = "error.type"
DONE = "done"


@attrs.frozen
class Observed(Generic[Command, Result]):
    """Named after the command; tells how it ended, and nothing that the command says.

    Outcomes are `done`, `replayed`, `cancelled`, `failed` and `refused:<code>`. A refusal is the
    program at work; only what it did not foresee is an error, and of that only the type is told,
    since messages and tracebacks quote what they like.
    """

    use_case: UseCase[Command, Result]
    tracer: Tracer

    async def __call__(self, command: Command, /) -> Result:
        span = self.tracer.start_span(type(command).__name__)
        # By hand: the library's context manager costs more, and tells the message of an error.
        token = attach(set_span_in_context(span))
        try:
            result = await self.use_case(command)
        except BaseException as error:
            tell(span, error)
            raise
        else:
            span.set_attribute(OUTCOME, DONE)
            return result
        finally:
            detach(token)
            span.end()


def tell(span: Span, error: BaseException) -> None:
    match error:
        case Refusal():
            span.set_attribute(OUTCOME, f"refused:{error.code}")
        case Replayed():
            span.set_attribute(OUTCOME, "replayed")
        case CancelledError():
            span.set_attribute(OUTCOME, "cancelled")
        case _:
            span.set_attribute(OUTCOME, "failed")
            span.set_attribute(ERROR_TYPE, type(error).__qualname__)
            span.set_status(Status(StatusCode.ERROR))
