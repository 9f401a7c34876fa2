"""Wiring of figures about bookings and their money."""

from dependency_injector import containers, providers

from adapters.cache.remembered_figures import RememberedFigures
from adapters.cache.remembered_views import RememberedBookingFigures
from adapters.readers.booking_figures import SqlBookingFigures
from adapters.readers.day_figures import SqlDayFigures
from adapters.readers.revenue_figures import SqlRevenueFigures
from adapters.readers.shape_figures import SqlShapeFigures
from adapters.readers.standing_figures import SqlStandingFigures
from adapters.readers.unsummed_books import SqlUnsummedBooks
from adapters.repositories.summed_books import SqlSummedBooks
from application.analytics.booking_facts import CountBookings
from application.analytics.sum_up_books import SumUpBooksHandler


class BookingFiguresContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    figures: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()

    count_bookings = providers.Singleton(CountBookings)
    counted_bookings = providers.Singleton(SqlBookingFigures, database=database, clock=clock)
    bookings = providers.Singleton(
        RememberedBookingFigures,
        views=counted_bookings,
        remembered=providers.Singleton(RememberedFigures, figures=figures),
    )
    days = providers.Singleton(SqlDayFigures, database=database)
    shapes = providers.Singleton(SqlShapeFigures, database=database)
    standing = providers.Singleton(SqlStandingFigures, database=database)
    revenue = providers.Singleton(SqlRevenueFigures, database=database)
    unsummed_books = providers.Singleton(SqlUnsummedBooks, database)
    summed_books = providers.Singleton(SqlSummedBooks, database=database, new_id=new_id)
    sum_up_books = providers.Singleton(SumUpBooksHandler, books=summed_books, clock=clock)
