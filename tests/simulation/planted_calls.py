"""Bugs about calls that the oracles have to find, each where it would be made."""

from collections.abc import Callable
from typing import Any

import attrs
from dependency_injector import providers

from adapters.repositories.calls import SqlCalls, SqlCallWork
from adapters.repositories.dispositions import SqlDispositionWork
from adapters.sql.scope import Scope
from application.calls.ports import Mentioned
from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId


async def nothing(_: Any) -> int:
    return 0


def leaves_holds_of_calls_alone(container: Any) -> None:
    container.after_calls.settle_holds_of_call.override(providers.Object(nothing))


def asks_the_line_for_nothing(container: Any) -> None:
    container.telephony.reconcile_calls.override(providers.Object(nothing))


@attrs.frozen
class NobodysCalls(SqlCalls):
    """Whose a call is, nobody asks."""

    def locked(self, call_id: CallId) -> Call:
        return attrs.evolve(super().locked(call_id), handler=None)


@attrs.frozen
class UnwrittenCalls(SqlCalls):
    """That a call is over is said, and not written down."""

    def save(self, call: Call) -> Call:
        return call if call.status.line_is_down else super().save(call)

    def keep(self, call: Call, fact: Heard, *, now: Any) -> None:
        """Not even what was heard."""


@attrs.frozen
class ForgetfulCalls(SqlCalls):
    """That a call was over is not known when the next is heard of it."""

    def mentioned(self, fact: Heard) -> Mentioned:
        known = super().mentioned(fact)
        if known.call is None or not known.call.status.is_over:
            return known
        again = attrs.evolve(known.call, status=CallStatus.QUEUED)
        return Mentioned(again, known.before)


def _work_with(
    kind: type[SqlCalls], of: Callable[[Scope], Any] = SqlCallWork.on
) -> providers.Provider[Any]:
    def work_on(scope: Scope) -> Any:
        return attrs.evolve(of(scope), calls=kind(scope))

    return providers.Object(work_on)


def takes_calls_of_others(container: Any) -> None:
    container.calls.unit_of_work.add_kwargs(work_on=_work_with(NobodysCalls))


def hangs_up_and_writes_nothing(container: Any) -> None:
    work_on = _work_with(UnwrittenCalls, SqlDispositionWork.on)
    container.calls.disposition_work.add_kwargs(work_on=work_on)


def believes_what_it_hears_last(container: Any) -> None:
    container.telephony.unit_of_work.add_kwargs(work_on=_work_with(ForgetfulCalls))


@attrs.frozen
class Deaf:
    """Does what it is asked to, but for hanging up."""

    line: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)

    async def hang_up(self, provider_call: str, *, reason: Any) -> None:
        """Nobody hangs up."""


@attrs.frozen
class DeafLines:
    lines: Any

    def of(self, organization_id: Any, /) -> Any:
        return Deaf(self.lines.of(organization_id))

    def line(self, organization_id: Any, provider: str, /) -> Any:
        return self.lines.line(organization_id, provider)


def hangs_up_at_the_desk_only(container: Any) -> None:
    real = container.telephony.lines.accounts.last_overriding
    container.telephony.lines.accounts.override(providers.Factory(DeafLines, real))
