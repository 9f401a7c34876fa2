"""Wiring of what may be done in a call."""

from typing import Any

from application.calls.in_call import InCall
from application.calls.ports import CallWork
from application.kernel.ports import UnitOfWork, UseCase
from entrypoints.wiring.wrapping import Observe


def observe_in_calls(observe: Observe, unit_of_work: UnitOfWork[CallWork]) -> Observe:
    def observed(use_case: UseCase[Any, Any]) -> UseCase[Any, Any]:
        return observe(InCall(use_case, unit_of_work))

    return observed
