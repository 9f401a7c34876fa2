"""Wiring of what documentation says."""

from dependency_injector import containers, providers

from adapters.cache.remembered_searches import RememberedSearches
from adapters.readers.pages import SqlPageViews
from adapters.readers.passages import SqlPassageViews


class LibraryContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()

    page_views = providers.Singleton(SqlPageViews, database)
    passage_views = providers.Singleton(
        RememberedSearches, views=providers.Singleton(SqlPassageViews, database)
    )
