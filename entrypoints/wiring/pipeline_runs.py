"""Wiring of pipelines and their runs."""

import asyncio
import hashlib
import json
from typing import Any

import attrs
from dependency_injector import containers, providers

from adapters.readers.pipelines import SqlDuePipelines, SqlPipelineViews
from adapters.readers.posted_events import SqlPostedViews
from adapters.readers.quarantine import SqlQuarantineViews
from adapters.repositories.pipeline_work import SqlPipelineWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.inventory.refresh_offerings import refresh_offerings
from application.kernel.rows import Row, RowRefused
from application.pipelines.feeds import Feeds, PostedFeed, QuarantineFeed, SourceFeed
from application.pipelines.keep_pipelines import (
    AddPipelineHandler,
    ChangePipelineHandler,
    RestoreEditionHandler,
    SetPipelineStateHandler,
)
from application.pipelines.pipeline_ports import Understanding
from application.pipelines.post_events import PostEventsHandler
from application.pipelines.reading_records import ReadPage
from application.pipelines.run_on_schedule import (
    RunOnScheduleHandler,
    RunPipelinesOfHandler,
    RunPipelinesOfJob,
    SourcesCameDue,
)
from application.pipelines.run_pipeline import RunPipelineHandler
from application.pipelines.run_steps import (
    FailRunHandler,
    FinishRunHandler,
    NoteConnectedHandler,
    PutOffRunHandler,
    TakePageHandler,
    TakeRunHandler,
)
from application.pipelines.start_run import RetryRunHandler, StartRunHandler
from application.pipelines.steer_run import SteerRunHandler
from application.pipelines.take_rows import TakeRows
from application.pipelines.try_pipeline import TryPipelineHandler
from domain.kernel.actors import Permission
from domain.kernel.identifiers import OrganizationId
from domain.pipelines.imports import ImportTarget
from domain.pipelines.records import Record
from entrypoints.wiring.wrapping import Observe, counted_sync, use_case

DIGEST = 16
WRITE = Permission.WRITE_PIPELINES


def digest(record: Record) -> str:
    text = json.dumps(record, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=DIGEST).hexdigest()


@attrs.define
class Understood(Understanding):
    """What rows look like is known further out, where others are read: it is told here."""

    by: Understanding | None = None

    def __call__(
        self, target: ImportTarget, line: int, tree: Record, owner: OrganizationId, /
    ) -> Row | RowRefused:
        if self.by is None:
            raise RuntimeError("nobody has told what rows look like")
        return self.by(target, line, tree, owner)


def _went_well(_: None) -> bool:
    return True


def _failed(_: None) -> bool:
    return False


class PipelineRunsContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    taking: providers.Dependency[object] = providers.Dependency()
    connectors: providers.Dependency[object] = providers.Dependency()
    timetable: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlPipelineWork.on),
        new_id=new_id,
        clock=clock,
    )
    understood: Any = providers.Singleton(Understood)
    views = providers.Singleton(SqlPipelineViews, database)
    quarantine_views = providers.Singleton(SqlQuarantineViews, database)
    posted_views = providers.Singleton(SqlPostedViews, database)
    due = providers.Singleton(SqlDuePipelines, database)
    read_page = providers.Singleton(
        ReadPage, understand=understood, digest=providers.Object(digest)
    )
    take_rows = providers.Singleton(TakeRows, taking=taking)

    add_pipeline = use_case(
        WRITE,
        providers.Singleton(
            AddPipelineHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            timetable=timetable,
        ),
        observe,
    )
    change_pipeline = use_case(
        WRITE,
        providers.Singleton(
            ChangePipelineHandler, unit_of_work=unit_of_work, clock=clock, timetable=timetable
        ),
        observe,
    )
    restore_edition = use_case(
        WRITE,
        providers.Singleton(RestoreEditionHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    set_pipeline_state = use_case(
        WRITE,
        providers.Singleton(
            SetPipelineStateHandler, unit_of_work=unit_of_work, clock=clock, timetable=timetable
        ),
        observe,
    )
    try_pipeline = use_case(
        WRITE,
        providers.Singleton(
            TryPipelineHandler,
            unit_of_work=unit_of_work,
            connectors=connectors,
            read_page=read_page,
            take_rows=take_rows,
            clock=clock,
        ),
        observe,
    )
    start_run = use_case(
        WRITE,
        providers.Singleton(
            StartRunHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    retry_run = use_case(
        WRITE,
        providers.Singleton(
            RetryRunHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    steer_run = use_case(
        WRITE,
        providers.Singleton(SteerRunHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    post_events = use_case(
        WRITE,
        providers.Singleton(PostEventsHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    run_on_schedule = use_case(
        WRITE,
        providers.Singleton(
            RunOnScheduleHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            timetable=timetable,
        ),
        observe,
    )
    run_pipelines_of = use_case(
        WRITE,
        providers.Singleton(
            RunPipelinesOfHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    sources_came_due = providers.Singleton(SourcesCameDue)
    run_pipelines_of_job = providers.Singleton(RunPipelinesOfJob, run=run_pipelines_of)

    take_run = use_case(
        WRITE,
        providers.Singleton(TakeRunHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    note_connected = use_case(
        WRITE,
        providers.Singleton(NoteConnectedHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    take_page = use_case(
        WRITE,
        providers.Singleton(
            TakePageHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            take_rows=take_rows,
        ),
        observe,
    )
    put_off = use_case(
        WRITE,
        providers.Singleton(
            PutOffRunHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    fail = use_case(
        WRITE,
        providers.Singleton(FailRunHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id),
        observe,
    )
    finish = use_case(
        WRITE,
        providers.Singleton(
            FinishRunHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    feeds = providers.Singleton(
        Feeds,
        source=providers.Singleton(SourceFeed, connectors=connectors),
        quarantine=providers.Singleton(QuarantineFeed, views=quarantine_views),
        posted=providers.Singleton(PostedFeed, views=posted_views, clock=clock),
    )
    run_pipeline = providers.Singleton(
        RunPipelineHandler,
        take_run=take_run,
        note_connected=note_connected,
        take_page=take_page,
        put_off=counted_sync(put_off, figures, "pipelines", _failed),
        fail=counted_sync(fail, figures, "pipelines", _failed),
        finish=counted_sync(finish, figures, "pipelines", _went_well),
        feeds=feeds,
        read_page=read_page,
        pause=providers.Object(asyncio.sleep),
    )


def refreshing(taking: dict[ImportTarget, Any]) -> dict[ImportTarget, Any]:
    """As imports take rows, but for offerings that are there: of those, what is new is taken."""
    return {**taking, ImportTarget.OFFERINGS: refresh_offerings}
