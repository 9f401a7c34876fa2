"""Exports in SQL, and their transaction."""

import attrs

from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.analytics.take_report import FactsWork


@attrs.frozen(kw_only=True)
class SqlExportWork(FactsWork):
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlExportWork":
        return cls(facts=EventLog(scope))
