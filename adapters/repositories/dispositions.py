"""Dispositions in SQL, and their transaction."""

from collections.abc import Collection

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.dispositions import disposition_of, one_disposition
from adapters.repositories.calls import SqlCalls
from adapters.repositories.known_numbers import SqlKnownNumbers
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.schema.dispositions import dispositions
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.disposition_ports import Dispositions, DispositionWork
from domain.calls.dispositions import Disposition, DispositionLabelTaken, DispositionNotFound
from domain.kernel.identifiers import DispositionId


@attrs.frozen
class SqlDispositions(Dispositions):
    scope: Scope

    def get(self, disposition_id: DispositionId) -> Disposition:
        key = {"p_organization_id": self.scope.organization_id, "p_id": disposition_id}
        row = self.scope.ask(one_disposition(), key).one_or_none()
        if row is None:
            raise DispositionNotFound(disposition_id)
        return disposition_of(row)

    def labels_among(self, labels: Collection[str]) -> Collection[str]:
        if not labels:
            return ()
        question = select(dispositions.c.label).where(
            self.scope.owns(dispositions), dispositions.c.label.in_(labels)
        )
        return set(self.scope.ask(question).scalars())

    def save(self, disposition: Disposition) -> Disposition:
        self._explain_duplicate(disposition)
        version = store(
            self.scope,
            dispositions,
            disposition.id,
            disposition.version,
            label=disposition.label,
            active=disposition.active,
        )
        EventLog(self.scope).publish(disposition.events)
        return attrs.evolve(disposition, version=version, events=())

    def _explain_duplicate(self, disposition: Disposition) -> None:
        question = select(dispositions.c.id).where(
            self.scope.owns(dispositions),
            dispositions.c.id != disposition.id,
            dispositions.c.label == disposition.label,
        )

        def taken(connection: Connection) -> None:
            if connection.execute(question).first() is not None:
                raise DispositionLabelTaken

        self.scope.explain(dispositions, taken)


@attrs.frozen(kw_only=True)
class SqlDispositionWork(DispositionWork):
    calls: SqlCalls
    dispositions: SqlDispositions
    desk_numbers: SqlKnownNumbers
    facts: EventLog
    jobs: SqlJobQueue

    @classmethod
    def on(cls, scope: Scope) -> "SqlDispositionWork":
        return cls(
            calls=SqlCalls(scope),
            dispositions=SqlDispositions(scope),
            desk_numbers=SqlKnownNumbers(scope),
            facts=EventLog(scope),
            jobs=SqlJobQueue(scope),
        )
