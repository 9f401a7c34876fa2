"""`frontdesk keys`: organizations and the API keys that act for them."""

import argparse
import asyncio
import sys
from datetime import timedelta
from uuid import UUID

from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey
from application.identity.revoke_api_key import RevokeApiKey
from domain.identity.api_keys import ApiKey, Mode
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

SCOPES = [permission.value for permission in Permission]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="all keys, latest first")
    create = actions.add_parser("create", help="a new key; it is shown once")
    create.add_argument("organization", help="slug of the organization; new ones are begun")
    create.add_argument("--name", default="unnamed", help="to tell keys apart")
    create.add_argument("--live", action="store_true", help="for real business, not for playing")
    create.add_argument("--days", type=int, help="how long the key is good; for ever if not given")
    create.add_argument("--scope", action="append", choices=SCOPES, help="all if not given")
    revoke = actions.add_parser("revoke", help="end a key for good")
    revoke.add_argument("id", type=UUID)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    actions = {"list": _list, "create": _create, "revoke": _revoke}
    try:
        return await actions[arguments.action](container, arguments)
    finally:
        await container.database().close()


async def _list(container: Container, _arguments: argparse.Namespace) -> int:
    views = container.identity.views()
    slugs = {organization.id: organization.slug for organization in await views.organizations()}
    for key in await views.api_keys():
        state = "revoked" if key.revoked_at else f"until {key.expires_at or 'revoked'}"
        scopes = ",".join(sorted(scope.value for scope in key.scopes))
        print(
            f"{key.id}  {slugs[key.organization_id]}  {key.hint}…  {key.name}  {state}  {scopes}"
        )
    return 0


async def _create(container: Container, arguments: argparse.Namespace) -> int:
    organization = await organization_called(container, arguments.organization)
    issued = await container.identity.issue_api_key()(
        IssueApiKey(
            actor=Actor.system(organization.id),
            name=arguments.name,
            mode=Mode.LIVE if arguments.live else Mode.TEST,
            scopes=frozenset(Permission(scope) for scope in arguments.scope or SCOPES),
            good_for=arguments.days and timedelta(days=arguments.days),
        )
    )
    print(issued.secret)
    return 0


async def organization_called(container: Container, slug: str) -> Organization:
    """The organization with this slug; a new one if there is none."""
    known: dict[str, Organization] = {
        one.slug: one for one in await container.identity.views().organizations()
    }
    if slug in known:
        return known[slug]
    command = CreateOrganization(slug=slug, name=slug)
    created: Organization = await container.identity.create_organization()(command)
    return created


async def _revoke(container: Container, arguments: argparse.Namespace) -> int:
    keys: dict[UUID, ApiKey] = {key.id: key for key in await container.identity.views().api_keys()}
    if arguments.id not in keys:
        print(f"frontdesk: no API key {arguments.id}", file=sys.stderr)
        return 1
    actor = Actor.system(keys[arguments.id].organization_id)
    await container.identity.revoke_api_key()(
        RevokeApiKey(actor=actor, api_key_id=ApiKeyId(arguments.id))
    )
    print("revoked")
    return 0
