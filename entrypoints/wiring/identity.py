"""Wiring of the identity feature."""

from hashlib import sha256

from dependency_injector import containers, providers

from adapters.readers.identity import SqlIdentityViews
from adapters.repositories.identity import SqlIdentityWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.authenticate import Authenticate
from application.identity.create_organization import CreateOrganizationHandler
from application.identity.issue_api_key import IssueApiKeyHandler
from application.identity.revoke_api_key import RevokeApiKeyHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import use_case


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


class IdentityContainer(containers.DeclarativeContainer):
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()

    digest = providers.Object(_digest)
    unit_of_work = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlIdentityWork.on),
        new_id=new_id,
        clock=clock,
    )
    views = providers.Singleton(SqlIdentityViews, database)
    authenticate = providers.Singleton(Authenticate, views=views, digest=digest, clock=clock)
    # Before the first organization there is nobody to ask for a permission.
    create_organization = providers.Singleton(
        CreateOrganizationHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
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
    )
    revoke_api_key = use_case(
        Permission.MANAGE_KEYS,
        providers.Singleton(RevokeApiKeyHandler, unit_of_work=unit_of_work, clock=clock),
    )
