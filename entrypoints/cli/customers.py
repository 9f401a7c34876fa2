"""`frontdesk customers`: everything that is kept on somebody, shown or forgotten."""

import argparse
import asyncio
import sys

import msgspec

from application.bookings.erase_customer import EraseCustomer
from application.bookings.export_customer import ExportCustomer
from domain.kernel.actors import Actor
from entrypoints.http.customer_shapes import CustomerBody, ErasureBody
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    export = actions.add_parser("export", help="as JSON; the address comes by standard input")
    erase = actions.add_parser("erase", help="for good; the address comes by standard input")
    for action in (export, erase):
        action.add_argument("organization", help="slug of the organization")
    erase.add_argument(
        "--even-if-booked",
        action="store_true",
        help="bookings to come stay, and are nobody's in particular",
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    try:
        organizations = await container.identity.views().organizations()
        found = [one for one in organizations if one.slug == arguments.organization]
        if not found:
            print(f"frontdesk: no organization {arguments.organization}", file=sys.stderr)
            return 1
        act = _export if arguments.action == "export" else _erase
        shown = await act(container, Actor.system(found[0].id), arguments)
        print(msgspec.json.format(msgspec.json.encode(shown)).decode())
        return 0
    finally:
        await container.database().close()


async def _export(
    container: Container, actor: Actor, _arguments: argparse.Namespace
) -> CustomerBody:
    export = container.customers.export_customer()
    return CustomerBody.of(await export(ExportCustomer(actor=actor, email=_typed())))


async def _erase(container: Container, actor: Actor, arguments: argparse.Namespace) -> ErasureBody:
    command = EraseCustomer(actor=actor, email=_typed(), even_if_booked=arguments.even_if_booked)
    return ErasureBody.of(await container.customers.erase_customer()(command))


def _typed() -> str:
    """Never an argument: those are seen in lists of processes and kept by shells."""
    return sys.stdin.read().strip()
