"""`frontdesk members`: who works at a desk, and its first owner."""

import argparse
import asyncio

from application.identity.invite_owner import InviteOwner
from application.identity.restore_access import RestoreAccess
from application.kernel.pages import Slice
from domain.identity.mail_tokens import Purpose
from domain.identity.roles import PERMISSIONS, Role
from domain.kernel.actors import Actor, Permission
from domain.kernel.addresses import address
from entrypoints.cli.keys import organization_called
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

MOST = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("roles", help="what each role may do, as Markdown")
    actions.add_parser("list", help="the members of an organization").add_argument("organization")
    owner = actions.add_parser("add-owner", help="an owner, and what they choose a password with")
    owner.add_argument("organization", help="slug of the organization; new ones are begun")
    owner.add_argument("email")
    owner.add_argument("--name", required=True, help="as people call them")
    restore = actions.add_parser(
        "restore-owner", help="let an owner choose a password who lost both factors"
    )
    restore.add_argument("organization", help="slug of the organization")
    restore.add_argument("email")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.action == "roles":
        print(table())
        return 0
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    actions = {"list": _list, "add-owner": _add_owner, "restore-owner": _restore_owner}
    try:
        return await actions[arguments.action](container, arguments)
    finally:
        await container.database().close()


async def _list(container: Container, arguments: argparse.Namespace) -> int:
    organization = await container.identity.organization_views().called(arguments.organization)
    page = await container.people.views().members(
        Actor.system(organization.id), slice=Slice(limit=MOST)
    )
    for member in page.items:
        print(f"{member.id}  {member.role.value}  {member.state.value}  {member.email}")
    return 0


async def _add_owner(container: Container, arguments: argparse.Namespace) -> int:
    """Says what leads the owner to a password of their own: a link, or the token for the API."""
    invited = await container.people.invite_owner()(
        InviteOwner(
            organization=await organization_called(container, arguments.organization),
            email=arguments.email,
            name=arguments.name,
        )
    )
    print(container.people.letter_links().to(Purpose.INVITATION, invited.secret))
    return 0


async def _restore_owner(container: Container, arguments: argparse.Namespace) -> int:
    """Make sure of whom it is given to: it opens the organization."""
    organization = await container.identity.organization_views().called(arguments.organization)
    restored = await container.people.restore_access()(
        RestoreAccess(organization_id=organization.id, email=address(arguments.email))
    )
    print(container.people.letter_links().to(Purpose.RESET, restored.secret))
    return 0


def table() -> str:
    """Which role has which permission, as Markdown."""
    head = " | ".join(["| permission", *(role.value for role in Role)])
    rows = [
        " | ".join(
            [f"| `{one.value}`", *("yes" if one in PERMISSIONS[role] else "" for role in Role)]
        )
        for one in Permission
    ]
    return "\n".join(f"{line} |" for line in (head, "|" + " --- |" * len(Role) + " ---", *rows))
