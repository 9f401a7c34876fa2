"""Databases that stay, for what takes minutes to write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from adapters.schema.identity import organizations
from adapters.sql.database import EVERYBODY
from application.identity.create_organization import CreateOrganization
from benchmarks.stages import Stage, settings_for
from domain.kernel.actors import Actor
from entrypoints.wiring.container import Container
from tests.servers import ROLE, administrator, owner_of

SLUG = "bench"


@asynccontextmanager
async def kept_stage(url: str) -> AsyncIterator[tuple[Stage, bool]]:
    """On a database that exists, and whether its business is new there."""
    owner = owner_of(url)
    if owner is not None:
        async with administrator(owner) as connection:
            await connection.execute(ROLE)
    program: Any = Container(settings=settings_for(url))
    database = program.database()
    known = select(organizations.c.organization_id).where(organizations.c.slug == SLUG)
    try:
        await database.check()
        await program.schema().bring()
        of = await database.read(lambda it: it.execute(known).scalar(), of=EVERYBODY)
        if of is not None:
            yield Stage(container=program, actor=Actor.system(of)), False
            return
        new = await program.identity.create_organization()(
            CreateOrganization(slug=SLUG, name="Bench")
        )
        yield Stage(container=program, actor=Actor.system(new.id)), True
    finally:
        await database.close()
