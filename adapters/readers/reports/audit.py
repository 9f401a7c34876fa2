"""The report of the audit trail, in the order everybody agrees on."""

from adapters.readers.reports.cells import identifier, moment, number, text
from adapters.readers.reports.sql_report import SqlReport
from adapters.schema.events import event_log
from adapters.sql.database import Database
from domain.kernel.actors import Permission


def audit_report(database: Database) -> SqlReport:
    return SqlReport(
        database=database,
        name="audit",
        title="Audit trail",
        needs=frozenset({Permission.READ_AUDIT}),
        table=event_log,
        moment=event_log.c.occurred_at,
        keys=(event_log.c.position,),
        only=(event_log.c.audited, event_log.c.position.is_not(None)),
        shown=(
            number("position", event_log.c.position),
            moment("occurred_at", event_log.c.occurred_at),
            text("kind", event_log.c.name),
            identifier("subject", event_log.c.subject),
            identifier("actor_id", event_log.c.actor_id),
            text("origin", event_log.c.origin),
        ),
        chosen_by={"kind": event_log.c.name, "actor_id": event_log.c.actor_id},
    )
