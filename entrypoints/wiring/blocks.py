"""Wiring of blocks."""

from dependency_injector import containers, providers

from adapters.readers.blocks import SqlBlockViews, SqlDueBlocks
from application.bookings.open_block import OpenBlockHandler
from application.bookings.release_block import ReleaseBlockHandler
from application.bookings.release_blocks_of import ReleaseBlocksOfHandler
from application.bookings.release_due_blocks import ReleaseDueBlocksHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class BlocksContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    unit_of_work: providers.Dependency[object] = providers.Dependency()
    reclaiming: providers.Dependency[object] = providers.Dependency()
    offers: providers.Dependency[object] = providers.Dependency()

    open_block = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            OpenBlockHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            reclaiming=reclaiming,
        ),
        observe,
    )
    release_block = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ReleaseBlockHandler, unit_of_work=unit_of_work, clock=clock, offers=offers
        ),
        observe,
    )
    release_due_blocks = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ReleaseDueBlocksHandler, unit_of_work=unit_of_work, clock=clock, offers=offers
        ),
        observe,
    )
    release_blocks_of = use_case(
        Permission.WRITE_BOOKINGS,
        providers.Singleton(
            ReleaseBlocksOfHandler, unit_of_work=unit_of_work, clock=clock, offers=offers
        ),
        observe,
    )
    views = providers.Singleton(SqlBlockViews, database)
    due = providers.Singleton(SqlDueBlocks, database)
