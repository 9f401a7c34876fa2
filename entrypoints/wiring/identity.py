"""Wiring of the identity feature."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from dependency_injector import containers, providers

from adapters.cache.access_leases import AccessLeases, SettleAfter
from adapters.cache.buffered_uses import BufferedUses
from adapters.cache.remembered import RememberedKeys
from adapters.cache.remembered_settings import RememberedSettings
from adapters.cache.remembered_tiers import RememberedTiers
from adapters.readers.archives import SqlArchiveViews
from adapters.readers.identity import SqlIdentityViews
from adapters.readers.organization_settings import SqlSettings
from adapters.readers.organizations import SqlOrganizationViews
from adapters.readers.people import SqlPeopleViews
from adapters.repositories.identity import SqlIdentityWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.admit_session import AdmitSession
from application.identity.authenticate import Authenticate
from application.identity.change_api_key import ChangeApiKeyHandler
from application.identity.change_setting import ChangeSettingHandler, ResetSettingHandler
from application.identity.count_requests import CountRequests
from application.identity.create_organization import CreateOrganizationHandler
from application.identity.issue_api_key import IssueApiKeyHandler
from application.identity.issue_ticket import IssueTicketHandler
from application.identity.note_metadata import NoteMetadataHandler
from application.identity.ports import IdentityViews, KeyViews
from application.identity.redeem_ticket import RedeemTicketHandler
from application.identity.rename_organization import RenameOrganizationHandler
from application.identity.revoke_api_key import RevokeApiKeyHandler
from application.identity.rotate_api_key import RotateApiKeyHandler
from application.identity.set_status import SetOrganizationStatusHandler
from application.identity.set_tier import SetTierHandler
from application.identity.settled import Settled
from application.identity.take_archive import TakeArchiveHandler
from application.kernel.figures import Figures
from domain.identity.request_limits import RequestLimits
from domain.kernel.actors import Permission
from entrypoints.wiring.fitting import installation_of
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, observed, use_case


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _key_views(
    views: IdentityViews, leases: AccessLeases, keep_for: timedelta, figures: Figures
) -> KeyViews:
    if not keep_for:
        return views
    return RememberedKeys.of(views, leases, keep_for=keep_for, figures=figures)


def _limits(settings: RequestLimits | None) -> RequestLimits:
    return settings or RequestLimits()


def _settled(
    handler: providers.Provider[object], settle: providers.Provider[Any]
) -> providers.Provider[object]:
    return providers.Singleton(Settled, handler, settle)


class IdentityContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    seconds: providers.Dependency[object] = providers.Dependency()
    access_lease: providers.Dependency[timedelta] = providers.Dependency()
    rates: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    figures: providers.Dependency[Figures] = providers.Dependency()

    digest = providers.Object(_digest)
    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlIdentityWork.on),
        new_id=new_id,
        clock=clock,
    )
    views = providers.Singleton(SqlIdentityViews, database)
    leases = providers.Singleton(
        AccessLeases, ask=views.provided.access_version, seconds=seconds, length=access_lease
    )
    settle = providers.Singleton(SettleAfter, access_lease)
    key_views = providers.Singleton(
        _key_views, views, leases, settings.provided.keep_keys_for, figures
    )
    uses = providers.Singleton(BufferedUses, unit_of_work=unit_of_work)
    authenticate = providers.Singleton(
        Authenticate, views=key_views, digest=digest, clock=clock, uses=uses
    )
    organization_views = providers.Singleton(SqlOrganizationViews, database)
    archive_views = providers.Singleton(SqlArchiveViews, database)
    take_archive = use_case(
        Permission.READ_AUDIT,
        providers.Singleton(
            TakeArchiveHandler, views=archive_views, unit_of_work=unit_of_work, clock=clock
        ),
        observe,
    )
    tiers = providers.Singleton(
        RememberedTiers, views=organization_views, leases=leases, figures=figures
    )
    count_requests = providers.Singleton(
        CountRequests,
        rates=rates,
        tiers=tiers,
        limits=providers.Singleton(_limits, settings.provided.request_limits),
    )
    # Before the first organization there is nobody to ask for a permission.
    create_organization = observed(
        providers.Singleton(
            CreateOrganizationHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
        ),
        observe,
    )
    rename_organization = use_case(
        Permission.MANAGE_ORGANIZATION,
        providers.Singleton(RenameOrganizationHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    note_metadata = use_case(
        Permission.MANAGE_ORGANIZATION,
        providers.Singleton(NoteMetadataHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    # No route leads to these two: no key and no member decides on them.
    set_status = use_case(
        Permission.MANAGE_ORGANIZATION,
        _settled(
            providers.Singleton(
                SetOrganizationStatusHandler, unit_of_work=unit_of_work, clock=clock
            ),
            settle,
        ),
        observe,
    )
    set_tier = use_case(
        Permission.MANAGE_ORGANIZATION,
        _settled(
            providers.Singleton(SetTierHandler, unit_of_work=unit_of_work, clock=clock), settle
        ),
        observe,
    )
    settings_views = providers.Singleton(
        SqlSettings,
        database=database,
        installation=providers.Singleton(installation_of, settings),
    )
    business_settings = providers.Singleton(
        RememberedSettings,
        settings=settings_views,
        leases=leases,
        seconds=seconds,
        figures=figures,
    )
    change_setting = use_case(
        Permission.MANAGE_SETTINGS,
        _settled(
            providers.Singleton(ChangeSettingHandler, unit_of_work=unit_of_work, clock=clock),
            settle,
        ),
        observe,
    )
    reset_setting = use_case(
        Permission.MANAGE_SETTINGS,
        _settled(
            providers.Singleton(ResetSettingHandler, unit_of_work=unit_of_work, clock=clock),
            settle,
        ),
        observe,
    )
    issue_api_key = use_case(
        Permission.MANAGE_KEYS,
        providers.Singleton(
            IssueApiKeyHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            new_id=new_id,
            chance=chance,
            digest=digest,
        ),
        observe,
    )
    change_api_key = use_case(
        Permission.MANAGE_KEYS,
        _settled(
            providers.Singleton(ChangeApiKeyHandler, unit_of_work=unit_of_work, clock=clock),
            settle,
        ),
        observe,
    )
    rotate_api_key = use_case(
        Permission.MANAGE_KEYS,
        _settled(
            providers.Singleton(
                RotateApiKeyHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                chance=chance,
                digest=digest,
            ),
            settle,
        ),
        observe,
    )
    revoke_api_key = use_case(
        Permission.MANAGE_KEYS,
        _settled(
            providers.Singleton(RevokeApiKeyHandler, unit_of_work=unit_of_work, clock=clock),
            settle,
        ),
        observe,
    )
    issue_ticket = use_case(
        Permission.READ_EVENTS,
        providers.Singleton(
            IssueTicketHandler,
            unit_of_work=unit_of_work,
            clock=clock,
            chance=chance,
            digest=digest,
        ),
        observe,
    )
    admit_session = providers.Singleton(
        AdmitSession,
        views=providers.Singleton(SqlPeopleViews, database),
        limits=settings.provided.session_limits,
        clock=clock,
    )
    # Who redeems a ticket is nobody yet.
    redeem_ticket = observed(
        providers.Singleton(
            RedeemTicketHandler,
            unit_of_work=unit_of_work,
            admit_session=admit_session,
            clock=clock,
            digest=digest,
        ),
        observe,
    )
