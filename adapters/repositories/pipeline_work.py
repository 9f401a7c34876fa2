"""All that a transaction of pipelines may touch, and what their rows become."""

import attrs

from adapters.repositories.data_sources import SqlAttempts, SqlSources
from adapters.repositories.import_work import SqlImportWork
from adapters.repositories.pipeline_rows import SqlKeptRows, SqlQuarantine
from adapters.repositories.pipelines import SqlPipelines, SqlRunLog, SqlRuns
from adapters.repositories.posted_events import SqlPostedEvents
from adapters.sql.scope import Scope
from application.pipelines.pipeline_ports import PipelineWork


@attrs.frozen(kw_only=True)
class SqlPipelineWork(SqlImportWork, PipelineWork):
    pipelines: SqlPipelines
    runs: SqlRuns
    rows: SqlKeptRows
    quarantine: SqlQuarantine
    log: SqlRunLog
    posted: SqlPostedEvents
    data_sources: SqlSources
    attempts: SqlAttempts

    @classmethod
    def on(cls, scope: Scope) -> "SqlPipelineWork":
        others = attrs.asdict(SqlImportWork.on(scope), recurse=False)
        return cls(
            pipelines=SqlPipelines(scope),
            runs=SqlRuns(scope),
            rows=SqlKeptRows(scope),
            quarantine=SqlQuarantine(scope),
            log=SqlRunLog(scope),
            posted=SqlPostedEvents(scope),
            data_sources=SqlSources(scope),
            attempts=SqlAttempts(scope),
            **others,
        )
