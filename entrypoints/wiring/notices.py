"""Wiring of what members are told of in the program itself."""

from typing import Any

from dependency_injector import containers, providers

from adapters.readers.notices import SqlNoticeViews
from adapters.repositories.notice_retention import SqlNoticeRetention
from adapters.repositories.notices import SqlNoticeWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.notifications.choose_notices import ChooseNoticesHandler
from application.notifications.give_notices import NoticesToMembers
from application.notifications.read_notices import (
    DeleteNoticeHandler,
    ReadNoticeHandler,
    ReadNoticesHandler,
)
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class NoticesContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlNoticeWork.on),
        new_id=new_id,
        clock=clock,
    )
    views = providers.Singleton(SqlNoticeViews, database)
    retention = providers.Singleton(SqlNoticeRetention, database)
    to_members = providers.Singleton(NoticesToMembers, clock=clock)
    read_notice = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(ReadNoticeHandler, unit_of_work=work, clock=clock),
        observe,
    )
    read_notices = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(ReadNoticesHandler, unit_of_work=work, clock=clock),
        observe,
    )
    delete_notice = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(DeleteNoticeHandler, unit_of_work=work),
        observe,
    )
    choose_notices = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(ChooseNoticesHandler, unit_of_work=work),
        observe,
    )
