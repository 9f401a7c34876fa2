"""All that a transaction may touch in which the rows of an import are taken."""

import attrs

from adapters.repositories.bookings import SqlBookings
from adapters.repositories.imports import SqlImports
from adapters.repositories.inventory import SqlInventory
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.resources import SqlResources
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.pipelines.ports import ImportWork


@attrs.frozen(kw_only=True)
class SqlImportWork(ImportWork):
    imports: SqlImports
    jobs: SqlJobQueue
    resources: SqlResources
    inventory: SqlInventory
    bookings: SqlBookings
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlImportWork":
        return cls(
            imports=SqlImports(scope),
            jobs=SqlJobQueue(scope),
            resources=SqlResources(scope),
            inventory=SqlInventory(scope),
            bookings=SqlBookings(scope),
            facts=EventLog(scope),
        )
