"""What subscribers do their work with, in SQL."""

import attrs

from adapters.repositories.agent_presences import SqlAgentPresences
from adapters.repositories.booking_facts import SqlBookingFacts
from adapters.repositories.bookings import SqlBookings
from adapters.repositories.call_figures import SqlCallFigures
from adapters.repositories.instalments import SqlInstalments
from adapters.repositories.ledger import SqlLedger
from adapters.repositories.levels import SqlLevels
from adapters.repositories.notices import SqlMemberNotices
from adapters.repositories.organization_settings import SqlOwnSettings
from adapters.repositories.paper_fees import SqlPaperFees
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.analytics.booking_facts import BookingFactsWork
from application.analytics.note_presences import PresencesWork
from application.analytics.ports import FiguresWork
from application.bookings.payment_ports import BooksWork
from application.inventory.live_ports import LevelWork
from application.notifications.notice_ports import NoticeGiving


@attrs.frozen
class SqlSubscriberWork(
    LevelWork, BooksWork, BookingFactsWork, FiguresWork, PresencesWork, NoticeGiving
):
    """Whatever any subscriber needs."""

    jobs: SqlJobQueue
    facts: EventLog
    levels: SqlLevels
    own_settings: SqlOwnSettings
    bookings: SqlBookings
    ledger: SqlLedger
    paper_fees: SqlPaperFees
    instalments: SqlInstalments
    booking_facts: SqlBookingFacts
    call_figures: SqlCallFigures
    agent_presences: SqlAgentPresences
    notices: SqlMemberNotices

    @classmethod
    def on(cls, scope: Scope) -> "SqlSubscriberWork":
        return cls(
            jobs=SqlJobQueue(scope),
            facts=EventLog(scope),
            levels=SqlLevels(scope),
            own_settings=SqlOwnSettings(scope),
            bookings=SqlBookings(scope),
            ledger=SqlLedger(scope),
            paper_fees=SqlPaperFees(scope),
            instalments=SqlInstalments(scope),
            booking_facts=SqlBookingFacts(scope),
            call_figures=SqlCallFigures(scope),
            agent_presences=SqlAgentPresences(scope),
            notices=SqlMemberNotices(scope),
        )
