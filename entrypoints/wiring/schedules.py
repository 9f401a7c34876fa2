"""Wiring of what is due every so often."""

from datetime import timedelta

import attrs
from dependency_injector import containers, providers

from adapters.readers.holds import SqlEndedBookings, SqlOverdueHolds
from adapters.readers.waiting import SqlDueWaiting
from adapters.repositories.access_retention import SqlAccessRetention
from adapters.repositories.history_retention import SqlHistoryRetention
from adapters.repositories.retention import SqlRetention
from adapters.sql.statistics import SqliteStatistics


@attrs.frozen(kw_only=True)
class Times:
    """How often it is looked for what is due, and for how long things are kept."""

    expire_every: timedelta = timedelta(seconds=1)
    complete_every: timedelta = timedelta(minutes=1)
    lapse_every: timedelta = timedelta(seconds=10)
    release_every: timedelta = timedelta(seconds=10)
    tell_denials_every: timedelta = timedelta(minutes=1)
    make_findable_every: timedelta = timedelta(minutes=1)
    read_every: timedelta = timedelta(minutes=1)
    run_every: timedelta = timedelta(seconds=5)
    send_reports_every: timedelta = timedelta(seconds=30)
    ask_every: timedelta = timedelta(minutes=1)
    watch_calls_every: timedelta = timedelta(seconds=15)
    lapse_recordings_every: timedelta = timedelta(hours=1)
    reconcile_calls_every: timedelta = timedelta(minutes=1)
    chase_every: timedelta = timedelta(minutes=1)
    reconcile_every: timedelta = timedelta(minutes=15)
    forget_every: timedelta = timedelta(days=1)
    sum_up_books_every: timedelta = timedelta(minutes=10)
    take_stock_every: timedelta = timedelta(seconds=30)
    take_statistics_every: timedelta = timedelta(minutes=1)
    check_invariants_every: timedelta = timedelta(minutes=10)
    look_at_certificate_every: timedelta = timedelta(hours=1)
    answers_kept_for: timedelta = timedelta(days=7)
    quotes_kept_for: timedelta = timedelta(days=7)
    begin_again_every: timedelta = timedelta(seconds=10)
    jobs_kept_for: timedelta = timedelta(days=30)
    tries_kept_for: timedelta = timedelta(days=1)
    read_notices_kept_for: timedelta = timedelta(days=90)
    notices_kept_for: timedelta = timedelta(days=365)


class SchedulesContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()

    times = providers.Singleton(Times)
    overdue_holds = providers.Singleton(SqlOverdueHolds, database)
    due_waiting = providers.Singleton(SqlDueWaiting, database)
    ended_bookings = providers.Singleton(SqlEndedBookings, database)
    retention = providers.Singleton(SqlRetention, database)
    history_retention = providers.Singleton(SqlHistoryRetention, database=database, new_id=new_id)
    access_retention = providers.Singleton(SqlAccessRetention, database)
    sqlite_statistics = providers.Singleton(SqliteStatistics, database)
