"""Wiring of what is heard of calls, and of looking after them."""

from typing import Any

from dependency_injector import containers, providers

from adapters.readers.stuck_calls import SqlOpenCalls, SqlStuckCalls
from adapters.repositories.calls import SqlCallWork
from adapters.repositories.calls_together import SqlIntakeWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.hear_line import HearLineHandler, InstructLineHandler, Listening
from application.calls.intake import HearTogether
from application.calls.reconcile_calls import ReconcileCallsHandler
from application.calls.ring_desk import RingDeskHandler
from application.calls.watch_calls import Patience, WatchCallsHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.intake import shared_intake
from entrypoints.wiring.ringing import ringing
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.telephony_providers import TelephonyProvidersContainer
from entrypoints.wiring.wrapping import Observe, use_case


class TelephonyContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    organizations: providers.Dependency[object] = providers.Dependency()
    rates: providers.Dependency[object] = providers.Dependency()

    lines: Any = providers.Container(
        TelephonyProvidersContainer,
        settings=settings,
        clock=clock,
        new_id=new_id,
        chance=chance,
        organizations=organizations,
        rates=rates,
    )
    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlCallWork.on),
        new_id=new_id,
        clock=clock,
    )
    listening = providers.Singleton(
        Listening, unit_of_work=unit_of_work, lines=lines.accounts, clock=clock, new_id=new_id
    )
    intake = providers.Singleton(
        shared_intake,
        listening,
        providers.Singleton(
            HearTogether,
            unit_of_work=providers.Singleton(
                SqlUnitOfWork,
                database=database,
                work_on=providers.Object(SqlIntakeWork.on),
                new_id=new_id,
                clock=clock,
            ),
            clock=clock,
            new_id=new_id,
        ),
    )
    hear_line = use_case(
        Permission.WRITE_CALLS,
        providers.Singleton(HearLineHandler, listening=listening, intake=intake),
        observe,
    )
    instruct_line = use_case(
        Permission.WRITE_CALLS,
        providers.Singleton(InstructLineHandler, listening=listening),
        observe,
    )
    ring_desk = use_case(
        Permission.WRITE_CALLS,
        providers.Singleton(
            RingDeskHandler, ringing=providers.Singleton(ringing, settings, lines.exchange, new_id)
        ),
        observe,
    )
    stuck_calls = providers.Singleton(
        SqlStuckCalls,
        database=database,
        patience=providers.Singleton(
            Patience,
            rings=settings.provided.rings_at_most,
            talks=settings.provided.talks_at_most,
            wraps=settings.provided.wraps_at_most,
        ),
    )
    watch_calls = use_case(
        Permission.WRITE_CALLS,
        providers.Singleton(
            WatchCallsHandler,
            unit_of_work=unit_of_work,
            telephonies=lines.accounts,
            stuck_calls=stuck_calls,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    open_calls = providers.Singleton(SqlOpenCalls, database)
    reconcile_calls = use_case(
        Permission.WRITE_CALLS,
        providers.Singleton(
            ReconcileCallsHandler,
            unit_of_work=unit_of_work,
            telephonies=lines.accounts,
            open_calls=open_calls,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
