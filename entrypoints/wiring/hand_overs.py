"""Wiring of how callers are handed over to whoever has accepted them."""

from collections.abc import Mapping
from typing import Any

from dependency_injector import containers, providers

from adapters.readers.hand_overs import SqlHandOvers
from application.calls.escalation_subscribers import AcceptedEscalations, PutThroughJob
from application.calls.hand_over import ReadHandOverHandler
from application.calls.put_through import PutThroughHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import Values, fitted
from entrypoints.wiring.placing import placing_use_case
from entrypoints.wiring.wrapping import Observe, use_case


def with_keywords(values: Values) -> Mapping[str, Any]:
    return {"keywords": tuple(values["escalations.keywords"])}


class HandOversContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    telephonies: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    read_hand_over = use_case(
        Permission.READ_CALLS,
        fitted(
            business_settings,
            providers.Singleton(
                ReadHandOverHandler,
                hand_overs=providers.Singleton(SqlHandOvers, database),
                keywords=(),
            ),
            with_keywords,
        ),
        observe,
        Permission.HANDLE_OWN_CALLS,
    )
    put_through = placing_use_case(
        PutThroughHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        telephonies=telephonies,
        clock=clock,
    )
    accepted_escalations = providers.Singleton(AcceptedEscalations)
    put_through_job = providers.Singleton(PutThroughJob, put_through=put_through)
