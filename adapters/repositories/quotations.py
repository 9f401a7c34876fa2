"""Quotations in calls, in SQL, and their transaction."""

import attrs

from adapters.repositories.calls import SqlCalls
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.quoted_passages import SqlQuotedPassages
from adapters.schema.calls import quotations
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.calls.quotation_ports import Quotations, QuotationWork
from domain.calls.quotations import Quotation


@attrs.frozen
class SqlQuotations(Quotations):
    scope: Scope

    def add(self, quotation: Quotation) -> None:
        self.scope.add(
            quotations,
            id=quotation.id,
            call_id=quotation.call_id,
            passage_id=quotation.quoted.passage_id,
            edition=quotation.quoted.version,
            fetched_at=quotation.quoted.fetched_at,
            quoted_by=quotation.by,
            quoted_at=quotation.at,
        )
        EventLog(self.scope).publish((quotation.event,))


@attrs.frozen(kw_only=True)
class SqlQuotationWork(QuotationWork):
    calls: SqlCalls
    quotations: SqlQuotations
    quoted_passages: SqlQuotedPassages
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlQuotationWork":
        return cls(
            calls=SqlCalls(scope),
            quotations=SqlQuotations(scope),
            quoted_passages=SqlQuotedPassages(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
