"""Gift credit views in SQL."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.gift_credits import gift_credit_of
from adapters.schema.gift_credits import gift_credits
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from application.kernel.pages import Page, Slice
from application.payments.gift_ports import GiftCreditViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import GiftCreditId, OrganizationId
from domain.payments.gift_credit import GiftCredit, GiftCreditNotFound


@attrs.frozen
class SqlGiftCreditViews(GiftCreditViews):
    database: Database

    async def gift_credit(self, actor: Actor, gift_credit_id: GiftCreditId) -> GiftCredit:
        question = select(gift_credits).where(
            gift_credits.c.organization_id == actor.organization_id,
            gift_credits.c.id == gift_credit_id,
        )

        def ask(connection: Connection) -> GiftCredit:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise GiftCreditNotFound(gift_credit_id)
            return gift_credit_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def gift_credits(self, actor: Actor, *, slice: Slice) -> Page[GiftCredit]:
        question = select(gift_credits).where(
            gift_credits.c.organization_id == actor.organization_id
        )
        keys = (gift_credits.c.issued_at, gift_credits.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, gift_credit_of),
            of=actor.organization_id,
        )


@attrs.frozen
class SqlExpiredGiftCredit:
    """Whose credit has expired with something left of it, whatever they make of that."""

    database: Database

    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        question = (
            select(gift_credits.c.organization_id)
            .where(gift_credits.c.balance_minor > 0, gift_credits.c.expires_at <= now)
            .distinct()
        )
        return await self.database.read(
            lambda connection: connection.execute(question).scalars().all(), of=EVERYBODY
        )
