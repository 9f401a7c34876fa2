"""Wiring of agents, queues and escalations."""

from collections.abc import Mapping
from typing import Any

from dependency_injector import containers, providers

from adapters.readers.agents import SqlAgentViews, SqlQueueViews
from adapters.readers.escalations import SqlEscalationViews, SqlTimeToKeep
from adapters.repositories.escalations import SqlEscalatingWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.accept_escalation import AcceptEscalationHandler
from application.calls.add_agent import AddAgentHandler
from application.calls.add_queue import AddQueueHandler
from application.calls.advance_escalation import AdvanceEscalationHandler
from application.calls.cancel_escalation import CancelEscalationHandler
from application.calls.change_agent import ChangeAgentHandler
from application.calls.change_queue import ChangeQueueHandler
from application.calls.close_escalation_of import CloseEscalationOfHandler
from application.calls.complete_escalation import CompleteEscalationHandler
from application.calls.decline_escalation import DeclineEscalationHandler
from application.calls.delete_agent import DeleteAgentHandler
from application.calls.escalation_subscribers import (
    CloseEscalationJob,
    EndedCalls,
    PullTriggersJob,
    SaidLines,
)
from application.calls.hand_back_escalation import HandBackEscalationHandler
from application.calls.keep_time import KeepTimeHandler
from application.calls.pause_escalation import PauseEscalationHandler
from application.calls.placing import Placing
from application.calls.pull_triggers import PullTriggersHandler
from application.calls.request_escalation import RequestEscalationHandler
from application.calls.resume_escalation import ResumeEscalationHandler
from application.calls.schedule_callback import ScheduleCallbackHandler
from application.calls.show_presence import ShowPresenceHandler
from application.calls.take_message import TakeMessageHandler
from domain.calls.triggers import Triggers
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import Values, fitted
from entrypoints.wiring.hand_overs import HandOversContainer
from entrypoints.wiring.placing import (
    DEFAULTS,
    USUAL,
    placing_use_case,
    with_patience,
    with_placing,
)
from entrypoints.wiring.wrapping import Observe, use_case


def with_triggers(values: Values) -> Mapping[str, Any]:
    return {"triggers": triggers_of(values)}


def triggers_of(values: Values) -> Triggers:
    return Triggers(
        sentiment=values["escalations.sentiment_percent"] / 100,
        keywords=tuple(values["escalations.keywords"]),
        complexity=values["escalations.complexity_percent"] / 100,
    )


class EscalationsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    telephonies: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlEscalatingWork.on),
        new_id=new_id,
        clock=clock,
    )

    add_agent = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(
            AddAgentHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change_agent = use_case(
        Permission.WRITE_AGENTS,
        fitted(
            business_settings,
            providers.Singleton(
                ChangeAgentHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                placing=providers.Object(Placing(patience=USUAL)),
            ),
            with_placing,
        ),
        observe,
    )
    delete_agent = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(DeleteAgentHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    add_queue = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(
            AddQueueHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change_queue = use_case(
        Permission.WRITE_AGENTS,
        providers.Singleton(ChangeQueueHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    show_presence = placing_use_case(
        ShowPresenceHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    decline_escalation = placing_use_case(
        DeclineEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    complete_escalation = placing_use_case(
        CompleteEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    hand_back_escalation = placing_use_case(
        HandBackEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    cancel_escalation = placing_use_case(
        CancelEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    schedule_callback = placing_use_case(
        ScheduleCallbackHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    take_message = placing_use_case(
        TakeMessageHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    pause_escalation = placing_use_case(
        PauseEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    resume_escalation = placing_use_case(
        ResumeEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    close_escalation_of = placing_use_case(
        CloseEscalationOfHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    keep_time = placing_use_case(
        KeepTimeHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
    )
    request_escalation = placing_use_case(
        RequestEscalationHandler,
        business_settings,
        observe,
        unit_of_work=unit_of_work,
        clock=clock,
        new_id=new_id,
    )
    pull_triggers = use_case(
        Permission.HANDLE_OWN_CALLS,
        fitted(
            business_settings,
            providers.Singleton(
                PullTriggersHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                placing=providers.Object(Placing(patience=USUAL)),
                triggers=providers.Object(triggers_of(DEFAULTS)),
            ),
            with_placing,
            with_triggers,
        ),
        observe,
    )
    accept_escalation = use_case(
        Permission.HANDLE_OWN_CALLS,
        fitted(
            business_settings,
            providers.Singleton(
                AcceptEscalationHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                patience=providers.Object(USUAL),
            ),
            with_patience,
        ),
        observe,
    )
    advance_escalation = use_case(
        Permission.HANDLE_OWN_CALLS,
        providers.Singleton(AdvanceEscalationHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    hand_overs: Any = providers.Container(
        HandOversContainer,
        database=database,
        clock=clock,
        unit_of_work=unit_of_work,
        telephonies=telephonies,
        observe=observe,
        business_settings=business_settings,
    )
    agent_views = providers.Singleton(SqlAgentViews, database)
    queue_views = providers.Singleton(SqlQueueViews, database)
    escalation_views = providers.Singleton(SqlEscalationViews, database)
    time_to_keep = providers.Singleton(SqlTimeToKeep, database)
    ended_calls = providers.Singleton(EndedCalls)
    said_lines = providers.Singleton(SaidLines)
    pull_triggers_job = providers.Singleton(PullTriggersJob, pull=pull_triggers)
    close_escalation_job = providers.Singleton(CloseEscalationJob, close=close_escalation_of)
