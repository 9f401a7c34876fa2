"""Wiring of reports that are sent by the clock."""

from typing import Any

import attrs
from dependency_injector import containers, providers

from adapters.mail.reports import MailedReports
from adapters.readers.report_schedules import (
    SqlAddressees,
    SqlDueSchedules,
    SqlScheduleViews,
)
from adapters.repositories.report_schedules import SqlScheduleWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.analytics.keep_schedules import (
    AddScheduleHandler,
    ChangeScheduleHandler,
    DeleteScheduleHandler,
    Demands,
    SetScheduleStateHandler,
)
from application.analytics.run_schedules import (
    BeginRun,
    RunDueSchedulesHandler,
    RunScheduleHandler,
)
from application.analytics.schedule_ports import Owners
from application.analytics.send_report import SendReportHandler
from application.identity.people_ports import PeopleViews
from application.identity.ports import IdentityViews, OrganizationViews
from application.kernel.ports import Clock
from domain.analytics.report_runs import OwnerGone
from domain.identity.api_keys import ApiKeyNotFound
from domain.identity.members import MemberNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ActorId, ApiKeyId, MemberId
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, use_case


@attrs.frozen(kw_only=True)
class MembersAndKeys(Owners):
    """An actor is a member of the organization or one of its keys."""

    organizations: OrganizationViews
    people: PeopleViews
    keys: IdentityViews
    clock: Clock

    async def __call__(self, actor: Actor, owner: ActorId, /) -> Actor:
        organization = await self.organizations.organization(actor)
        return organization.status.admitted(await self._as_it_is(actor, owner))

    async def _as_it_is(self, actor: Actor, owner: ActorId) -> Actor:
        try:
            member = await self.people.member(actor, MemberId(owner))
        except MemberNotFound:
            return await self._key(actor, owner)
        if not member.is_active:
            raise OwnerGone
        return member.actor

    async def _key(self, actor: Actor, owner: ActorId) -> Actor:
        try:
            key = await self.keys.api_key(actor, ApiKeyId(owner))
        except ApiKeyNotFound:
            raise OwnerGone from None
        if key.has_ended(now=self.clock()):
            raise OwnerGone
        return Actor(organization_id=actor.organization_id, id=owner, permissions=key.scopes)


class ReportSchedulesContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    reports: providers.Dependency[object] = providers.Dependency()
    formats: providers.Dependency[object] = providers.Dependency()
    run_export: providers.Dependency[object] = providers.Dependency()
    export_views: providers.Dependency[object] = providers.Dependency()
    download_links: providers.Dependency[object] = providers.Dependency()
    organization_views: providers.Dependency[object] = providers.Dependency()
    keys: providers.Dependency[object] = providers.Dependency()
    people_views: providers.Dependency[object] = providers.Dependency()
    timetable: providers.Dependency[object] = providers.Dependency()
    mailer: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlScheduleWork.on),
        new_id=new_id,
        clock=clock,
    )
    views: Any = providers.Singleton(SqlScheduleViews, database)
    due: Any = providers.Singleton(SqlDueSchedules, database)
    addressees: Any = providers.Singleton(SqlAddressees, database)
    owners: Any = providers.Singleton(
        MembersAndKeys,
        organizations=organization_views,
        people=people_views,
        keys=keys,
        clock=clock,
    )
    demands: Any = providers.Singleton(
        Demands,
        reports=reports,
        formats=formats,
        addressees=addressees,
        timetable=timetable,
    )
    beginning: Any = providers.Singleton(
        BeginRun,
        reports=reports,
        owners=owners,
        clock=clock,
        new_id=new_id,
        kept_for=settings.provided.exports_kept_for,
    )
    add: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            AddScheduleHandler,
            unit_of_work=unit_of_work,
            demands=demands,
            clock=clock,
            new_id=new_id,
        ),
        observe,
    )
    change: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            ChangeScheduleHandler, unit_of_work=unit_of_work, demands=demands, clock=clock
        ),
        observe,
    )
    set_state: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            SetScheduleStateHandler, unit_of_work=unit_of_work, clock=clock, timetable=timetable
        ),
        observe,
    )
    delete: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(DeleteScheduleHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    run: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            RunScheduleHandler,
            unit_of_work=unit_of_work,
            views=views,
            beginning=beginning,
            clock=clock,
        ),
        observe,
    )
    run_due: Any = use_case(
        Permission.EXPORT,
        providers.Singleton(
            RunDueSchedulesHandler,
            unit_of_work=unit_of_work,
            views=views,
            beginning=beginning,
            clock=clock,
            timetable=timetable,
        ),
        observe,
    )
    send_report: Any = providers.Singleton(
        SendReportHandler,
        make=run_export,
        reports=reports,
        views=views,
        exports=export_views,
        addressees=addressees,
        post=providers.Singleton(MailedReports, mailer),
        links=download_links,
        unit_of_work=unit_of_work,
        clock=clock,
        attached_at_most=settings.provided.mailed_file_bytes,
        link_good_for=settings.provided.mailed_links_last,
    )
