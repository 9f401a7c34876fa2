"""`frontdesk organizations`: who there is, what they may have, and whether they go on."""

import argparse
import asyncio
import json

import attrs

from application.identity.create_organization import CreateOrganization
from application.identity.set_status import SetOrganizationStatus
from application.identity.set_tier import SetTier
from domain.identity.organizations import Organization, OrganizationStatus
from domain.identity.tiers import LIMITS, Feature, Limits, Tier
from domain.kernel.actors import Actor
from domain.kernel.setting_catalogue import CATALOGUE
from domain.kernel.settings import Setting
from entrypoints.wiring.container import Container
from entrypoints.wiring.options import variable
from entrypoints.wiring.settings import Settings

TIERS = [tier.value for tier in Tier]
STEPS = {
    "suspend": (OrganizationStatus.SUSPENDED, "it can read, and change nothing"),
    "deactivate": (OrganizationStatus.DEACTIVATED, "nobody is let in any more"),
    "activate": (OrganizationStatus.ACTIVE, "it goes on as before"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="all organizations, by slug")
    actions.add_parser("tiers", help="what each tier allows, as Markdown")
    actions.add_parser("settings", help="what organizations may set, as Markdown")
    create = actions.add_parser("create", help="begin an organization")
    create.add_argument("slug")
    create.add_argument("--name", help="as people call it; the slug if not given")
    create.add_argument("--tier", choices=TIERS, default=Tier.ENTERPRISE.value)
    tier = actions.add_parser("tier", help="move an organization to another tier")
    tier.add_argument("slug")
    tier.add_argument("tier", choices=TIERS)
    for step, (_, words) in STEPS.items():
        parser_of_step = actions.add_parser(step, help=words)
        parser_of_step.add_argument("slug")
        parser_of_step.add_argument(
            "--even-if-booked", action="store_true", help="though bookings are still to come"
        )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    actions = {
        "list": _list,
        "tiers": _tiers,
        "settings": _settings,
        "create": _create,
        "tier": _tier,
    }
    try:
        return await actions.get(arguments.action, _step)(container, arguments)
    finally:
        await container.database().close()


async def _list(container: Container, _arguments: argparse.Namespace) -> int:
    for organization in await container.identity.views().organizations():
        _show(organization)
    return 0


async def _tiers(_container: Container, _arguments: argparse.Namespace) -> int:
    print(table())
    return 0


async def _settings(_container: Container, _arguments: argparse.Namespace) -> int:
    print(reference())
    return 0


def reference() -> str:
    """All settings, as Markdown."""
    head = ["| setting | type | default | option | who sees and sets it | meaning |"]
    head += ["| --- | --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *(_row(setting) for setting in CATALOGUE.values())])


def _row(setting: Setting) -> str:
    option = f"`{variable(setting.option)}`" if setting.option else ""
    seen = "anybody" if setting.public else "the organization"
    sets = "the organization" if setting.editable else "the installation, with a restart"
    kinds = [f"`{json.dumps(value)}` ({kind})" for kind, value in setting.of_kinds.items()]
    defaults = ", ".join([f"`{json.dumps(setting.default)}`", *kinds])
    return (
        f"| `{setting.key}` | {setting.type.value} | {defaults} | {option} "
        f"| seen by {seen}, set by {sets} | {setting.description} |"
    )


def table() -> str:
    """The limits of every tier, as Markdown."""
    names = [field.name for field in attrs.fields(Limits)]
    rows = [
        " | ".join([f"| `{tier.value}`", *(_limit(getattr(limits, name)) for name in names)])
        for tier, limits in LIMITS.items()
    ]
    head = " | ".join(["| tier", *(name.replace("_", " ") for name in names)])
    return "\n".join(f"{line} |" for line in (head, "|" + " --- |" * len(names) + " ---", *rows))


def _limit(limit: int | frozenset[Feature] | None) -> str:
    if isinstance(limit, frozenset):
        return ", ".join(sorted(feature.value for feature in limit)) or "none"
    return "any number" if limit is None else f"{limit:,}".replace(",", " ")


async def _create(container: Container, arguments: argparse.Namespace) -> int:
    command = CreateOrganization(
        slug=arguments.slug, name=arguments.name or arguments.slug, tier=Tier(arguments.tier)
    )
    _show(await container.identity.create_organization()(command))
    return 0


async def _tier(container: Container, arguments: argparse.Namespace) -> int:
    actor = await _acting_for(container, arguments.slug)
    _show(await container.identity.set_tier()(SetTier(actor=actor, tier=Tier(arguments.tier))))
    return 0


async def _step(container: Container, arguments: argparse.Namespace) -> int:
    actor = await _acting_for(container, arguments.slug)
    status, _ = STEPS[arguments.action]
    command = SetOrganizationStatus(
        actor=actor, status=status, even_if_booked=arguments.even_if_booked
    )
    _show(await container.identity.set_status()(command))
    return 0


async def _acting_for(container: Container, slug: str) -> Actor:
    organization: Organization = await container.identity.organization_views().called(slug)
    return Actor.system(organization.id)


def _show(organization: Organization) -> None:
    print(
        f"{organization.id}  {organization.slug}  {organization.status.value}  "
        f"{organization.tier.value}  {organization.name}"
    )
