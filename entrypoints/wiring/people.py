"""Wiring of what members do: they come, sign in, and decide about each other."""

from typing import Any

from dependency_injector import containers, providers

from adapters.cache.remembered_slugs import RememberedSlugs
from adapters.mail.letters import LinksToPage, MailedLetters
from adapters.passwords.argon2id import Argon2id
from adapters.passwords.blocklist import is_common
from adapters.readers.people import SqlPeopleViews
from adapters.repositories.people import SqlPeopleWork
from adapters.repositories.sign_in_tries import SqlTryCounts
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.accept_invitation import AcceptInvitationHandler
from application.identity.authenticate_session import AuthenticateSession
from application.identity.change_account import (
    AskForEmailHandler,
    ChangeNameHandler,
    ChangePasswordHandler,
    ConfirmEmailHandler,
)
from application.identity.change_member import (
    ChangeRoleHandler,
    DeactivateMemberHandler,
    ReactivateMemberHandler,
    RemoveMemberHandler,
)
from application.identity.end_sessions import (
    EndOwnSessionsHandler,
    EndSessionHandler,
    EndSessionsOfHandler,
)
from application.identity.invite_member import InviteAgainHandler, InviteMemberHandler
from application.identity.invite_owner import InviteOwnerHandler
from application.identity.mail_links import MailLinks
from application.identity.new_passwords import NewPasswords
from application.identity.open_session import OpenSessionHandler
from application.identity.reauthentication import ConfirmSessionHandler, Reauthentication
from application.identity.register import RegisterHandler
from application.identity.renewed_sessions import SessionRenewal
from application.identity.reset_password import AskForResetHandler, ResetPasswordHandler
from application.identity.restore_access import RestoreAccessHandler
from application.identity.second_factor_codes import SecondFactorCodes
from application.identity.send_member_letter import SendMemberLetterHandler
from application.kernel.retry_stale import RetryStale
from domain.identity.passwords import PasswordRules
from domain.identity.tries import TryLimits
from domain.kernel.actors import Permission
from entrypoints.wiring.denials import DenialsContainer
from entrypoints.wiring.second_factors import SecondFactorsContainer
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, observed, use_case


class PeopleContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    digest: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    mailer: providers.Dependency[object] = providers.Dependency()

    work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlPeopleWork.on),
        new_id=new_id,
        clock=clock,
    )
    views: Any = providers.Singleton(SqlPeopleViews, database)
    slugs = providers.Singleton(RememberedSlugs, views=views)
    hasher: Any = providers.Singleton(Argon2id)
    tries: Any = providers.Singleton(SqlTryCounts, database=database, clock=clock)
    denials: Any = providers.Container(
        DenialsContainer, database=database, clock=clock, new_id=new_id, observe=observe
    )
    try_limits = providers.Singleton(TryLimits)
    limits = settings.provided.session_limits
    new_passwords = providers.Singleton(
        NewPasswords,
        rules=providers.Singleton(PasswordRules, is_common=providers.Object(is_common)),
        hasher=hasher,
    )
    links = providers.Singleton(MailLinks, views=views, digest=digest, clock=clock)
    reauthentication = providers.Singleton(
        Reauthentication, views=views, hasher=hasher, tries=tries, try_limits=try_limits
    )
    codes = providers.Singleton(
        SecondFactorCodes, tries=tries, try_limits=try_limits, clock=clock, digest=digest
    )
    second_factors: Any = providers.Container(
        SecondFactorsContainer,
        clock=clock,
        chance=chance,
        digest=digest,
        observe=observe,
        work=work,
        views=views,
        codes=codes,
        reauthentication=reauthentication,
    )
    authenticate = providers.Singleton(
        AuthenticateSession,
        unit_of_work=work,
        views=views,
        digest=digest,
        limits=limits,
        clock=clock,
    )
    renewal = providers.Singleton(SessionRenewal, chance=chance, digest=digest, clock=clock)

    # Whoever does these is nobody yet.
    open_session = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(
                OpenSessionHandler,
                unit_of_work=work,
                views=views,
                hasher=hasher,
                tries=tries,
                denials=denials.counts,
                try_limits=try_limits,
                codes=codes,
                limits=limits,
                clock=clock,
                new_id=new_id,
                chance=chance,
                digest=digest,
            ),
        ),
        observe,
    )
    register = observed(
        providers.Singleton(
            RegisterHandler,
            unit_of_work=work,
            views=views,
            tries=tries,
            try_limits=try_limits,
            clock=clock,
            new_id=new_id,
            is_open=settings.provided.registration_is_open,
        ),
        observe,
    )
    accept_invitation = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(
                AcceptInvitationHandler,
                unit_of_work=work,
                links=links,
                new_passwords=new_passwords,
                clock=clock,
            ),
        ),
        observe,
    )
    ask_for_reset = observed(
        providers.Singleton(
            AskForResetHandler, unit_of_work=work, views=views, tries=tries, try_limits=try_limits
        ),
        observe,
    )
    reset_password = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(
                ResetPasswordHandler,
                unit_of_work=work,
                links=links,
                new_passwords=new_passwords,
                clock=clock,
            ),
        ),
        observe,
    )
    confirm_email = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(ConfirmEmailHandler, unit_of_work=work, links=links, clock=clock),
        ),
        observe,
    )
    # For whoever operates the program.
    restore_access = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(
                RestoreAccessHandler,
                unit_of_work=work,
                views=views,
                clock=clock,
                chance=chance,
                digest=digest,
            ),
        ),
        observe,
    )
    invite_owner = observed(
        providers.Singleton(
            InviteOwnerHandler,
            unit_of_work=work,
            views=views,
            clock=clock,
            new_id=new_id,
            chance=chance,
            digest=digest,
        ),
        observe,
    )

    confirm_session = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(
            ConfirmSessionHandler,
            unit_of_work=work,
            reauthentication=reauthentication,
            codes=codes,
            renewal=renewal,
        ),
        observe,
    )
    change_password = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(
            ChangePasswordHandler,
            unit_of_work=work,
            views=views,
            reauthentication=reauthentication,
            new_passwords=new_passwords,
            renewal=renewal,
            clock=clock,
        ),
        observe,
    )
    change_name = use_case(
        Permission.USE_ACCOUNT, providers.Singleton(ChangeNameHandler, unit_of_work=work), observe
    )
    ask_for_email = use_case(
        Permission.USE_ACCOUNT, providers.Singleton(AskForEmailHandler, unit_of_work=work), observe
    )
    end_session = use_case(
        Permission.USE_ACCOUNT, providers.Singleton(EndSessionHandler, unit_of_work=work), observe
    )
    end_own_sessions = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(EndOwnSessionsHandler, unit_of_work=work),
        observe,
    )
    end_sessions_of = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(EndSessionsOfHandler, unit_of_work=work, clock=clock),
        observe,
    )
    invite_member = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(InviteMemberHandler, unit_of_work=work, clock=clock, new_id=new_id),
        observe,
    )
    invite_again = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(InviteAgainHandler, unit_of_work=work, clock=clock),
        observe,
    )
    change_role = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(ChangeRoleHandler, unit_of_work=work, clock=clock),
        observe,
    )
    deactivate_member = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(DeactivateMemberHandler, unit_of_work=work, clock=clock),
        observe,
    )
    reactivate_member = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(ReactivateMemberHandler, unit_of_work=work, clock=clock),
        observe,
    )
    remove_member = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(RemoveMemberHandler, unit_of_work=work, clock=clock),
        observe,
    )
    letter_links = providers.Singleton(LinksToPage, settings.provided.account_page)
    send_member_letter = providers.Singleton(
        SendMemberLetterHandler,
        unit_of_work=work,
        views=views,
        letters=providers.Singleton(MailedLetters, mailer),
        links=letter_links,
        clock=clock,
        chance=chance,
        digest=digest,
    )
