"""Wiring of calls."""

from collections.abc import Mapping
from typing import Any

from dependency_injector import containers, providers

from adapters.readers.call_notes import SqlNoteViews
from adapters.readers.call_owners import SqlCallOwners
from adapters.readers.call_sales import SqlSalesViews
from adapters.readers.call_timeline import SqlTimelineViews
from adapters.readers.calls import SqlCallViews
from adapters.readers.dispositions import SqlDispositionViews
from adapters.readers.quotations import SqlQuotationViews
from adapters.repositories.call_notes import SqlNoteWork
from adapters.repositories.calls import SqlCallWork
from adapters.repositories.dispositions import SqlDispositionWork
from adapters.repositories.quotations import SqlQuotationWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.calls.accept_call import AcceptCallHandler
from application.calls.change_call import (
    ChangeCallHandler,
    DeleteCallHandler,
    WrapUpCallHandler,
)
from application.calls.end_call import EndCallHandler
from application.calls.hold_call import HoldCallHandler
from application.calls.initiate_call import InitiateCallHandler
from application.calls.intervene import InterveneHandler
from application.calls.keep_dispositions import (
    AddDispositionHandler,
    ChangeDispositionHandler,
)
from application.calls.note_call import (
    ChangeNoteHandler,
    NoteCallHandler,
    RemoveNoteHandler,
)
from application.calls.on_the_line import OnTheLine
from application.calls.quote_documentation import QuoteDocumentationHandler
from application.calls.record_yes import RecordYesHandler
from application.calls.report_call import ReportCallHandler, ReportNewsHandler
from application.calls.resume_call import ResumeCallHandler
from application.calls.transfer_call import TransferCallHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.call_templates import CallTemplatesContainer
from entrypoints.wiring.desk_numbers import DeskNumbersContainer
from entrypoints.wiring.fitting import fitted
from entrypoints.wiring.recordings import RecordingsContainer
from entrypoints.wiring.wrapping import Observe, use_case

ALL = Permission.WRITE_CALLS
OWN = Permission.HANDLE_OWN_CALLS


def with_wrap_up(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"wraps_up": values["calls.wrap_up"]}


def with_disposition(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"asks_what_came_of_it": values["calls.disposition_required"]}


def unit_of_work_of_calls(
    database: providers.Provider[Any],
    clock: providers.Provider[Any],
    new_id: providers.Provider[Any],
) -> providers.Provider[object]:
    return providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlCallWork.on),
        new_id=new_id,
        clock=clock,
    )


class CallsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()
    telephonies: providers.Dependency[object] = providers.Dependency()

    views = providers.Singleton(SqlCallViews, database)
    owners = providers.Singleton(SqlCallOwners, database)
    timeline_views = providers.Singleton(SqlTimelineViews, database)
    sales_views = providers.Singleton(SqlSalesViews, database)
    unit_of_work = unit_of_work_of_calls(database, clock, new_id)
    disposition_views = providers.Singleton(SqlDispositionViews, database)
    disposition_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlDispositionWork.on),
        new_id=new_id,
        clock=clock,
    )
    add_disposition = use_case(
        ALL,
        providers.Singleton(
            AddDispositionHandler, unit_of_work=disposition_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    change_disposition = use_case(
        ALL,
        providers.Singleton(ChangeDispositionHandler, unit_of_work=disposition_work, clock=clock),
        observe,
    )
    templates: Any = providers.Container(
        CallTemplatesContainer, database=database, clock=clock, new_id=new_id, observe=observe
    )
    numbers: Any = providers.Container(
        DeskNumbersContainer,
        database=database,
        clock=clock,
        new_id=new_id,
        observe=observe,
        markets=telephonies,
    )
    on_the_line = providers.Singleton(
        OnTheLine, unit_of_work=unit_of_work, telephonies=telephonies, clock=clock
    )
    recordings: Any = providers.Container(
        RecordingsContainer,
        database=database,
        clock=clock,
        unit_of_work=unit_of_work,
        telephonies=telephonies,
        on_the_line=on_the_line,
        observe=observe,
        business_settings=business_settings,
    )

    initiate_call = use_case(
        ALL,
        fitted(
            business_settings,
            providers.Singleton(
                InitiateCallHandler,
                unit_of_work=unit_of_work,
                telephonies=telephonies,
                clock=clock,
                new_id=new_id,
                wraps_up=False,
            ),
            with_wrap_up,
        ),
        observe,
        OWN,
    )
    report_call = use_case(
        ALL,
        providers.Singleton(
            ReportCallHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    report_news = use_case(
        ALL,
        providers.Singleton(ReportNewsHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    accept_call = use_case(
        ALL,
        fitted(
            business_settings,
            providers.Singleton(
                AcceptCallHandler, unit_of_work=unit_of_work, clock=clock, wraps_up=False
            ),
            with_wrap_up,
        ),
        observe,
        OWN,
    )
    hold_call = use_case(
        ALL, providers.Singleton(HoldCallHandler, on_the_line=on_the_line), observe, OWN
    )
    resume_call = use_case(
        ALL, providers.Singleton(ResumeCallHandler, on_the_line=on_the_line), observe, OWN
    )
    intervene = use_case(
        ALL, providers.Singleton(InterveneHandler, on_the_line=on_the_line), observe, OWN
    )
    record_yes = use_case(
        ALL,
        providers.Singleton(RecordYesHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
        OWN,
    )
    transfer_call = use_case(
        ALL, providers.Singleton(TransferCallHandler, on_the_line=on_the_line), observe, OWN
    )
    end_call = use_case(
        ALL,
        providers.Singleton(
            EndCallHandler,
            unit_of_work=disposition_work,
            telephonies=telephonies,
            clock=clock,
            new_id=new_id,
        ),
        observe,
        OWN,
    )
    wrap_up_call = use_case(
        ALL,
        fitted(
            business_settings,
            providers.Singleton(
                WrapUpCallHandler,
                unit_of_work=disposition_work,
                clock=clock,
                asks_what_came_of_it=False,
            ),
            with_disposition,
        ),
        observe,
        OWN,
    )
    change_call = use_case(
        ALL,
        providers.Singleton(ChangeCallHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
        OWN,
    )
    delete_call = use_case(
        ALL,
        providers.Singleton(DeleteCallHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    note_views = providers.Singleton(SqlNoteViews, database)
    note_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlNoteWork.on),
        new_id=new_id,
        clock=clock,
    )
    note_call = use_case(
        ALL,
        providers.Singleton(NoteCallHandler, unit_of_work=note_work, clock=clock, new_id=new_id),
        observe,
        OWN,
    )
    change_note = use_case(
        ALL,
        providers.Singleton(ChangeNoteHandler, unit_of_work=note_work, clock=clock),
        observe,
        OWN,
    )
    remove_note = use_case(
        ALL,
        providers.Singleton(RemoveNoteHandler, unit_of_work=note_work, clock=clock),
        observe,
        OWN,
    )
    quotation_views = providers.Singleton(SqlQuotationViews, database)
    quote_documentation = use_case(
        ALL,
        providers.Singleton(
            QuoteDocumentationHandler,
            unit_of_work=providers.Singleton(
                SqlUnitOfWork,
                database=database,
                work_on=providers.Object(SqlQuotationWork.on),
                new_id=new_id,
                clock=clock,
            ),
            clock=clock,
            new_id=new_id,
        ),
        observe,
        OWN,
    )
