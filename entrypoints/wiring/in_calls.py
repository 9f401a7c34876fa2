"""Wiring of what may be done in a call."""

from typing import Any

from application.calls.in_call import CallsAreUp, InCall
from application.calls.ports import CallWork
from application.documentation.find_in_call import PassagesInCalls
from application.documentation.views import PassageViews
from application.kernel.ports import UnitOfWork, UseCase
from entrypoints.wiring.wrapping import Observe


def observe_in_calls(observe: Observe, unit_of_work: UnitOfWork[CallWork]) -> Observe:
    def observed(use_case: UseCase[Any, Any]) -> UseCase[Any, Any]:
        return observe(InCall(use_case, unit_of_work))

    return observed


def passages_in_calls(documentation: Any, calls: Any, identity: Any) -> PassageViews:
    return PassagesInCalls(
        views=documentation.passage_views(),
        must_be_up=CallsAreUp(calls.unit_of_work()),
        settings=identity.business_settings(),
    )
