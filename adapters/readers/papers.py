"""Views of papers in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    cast,
    extract,
    func,
    select,
)

from adapters.mapping.papers import about_bookings, one_paper, paper_of, with_keys
from adapters.mapping.sealed_parts import place_of
from adapters.schema.bookings import bookings
from adapters.schema.data_keys import data_keys
from adapters.schema.papers import certificate_numbers, paper_files, papers
from adapters.sql.database import EVERYBODY, Database
from adapters.sql.keysets import page_of
from adapters.sql.vaults import vault_of
from application.kernel.pages import Page, Slice
from application.paperwork.ports import Printed, Settlements
from application.paperwork.views import PaperCount, PaperFilter, PaperView, PaperViews
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, OrganizationId, PaperId
from domain.kernel.money import Money
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.refusals import NothingSold, PaperNotFound
from domain.paperwork.standing import settlement_of

INVOICE = PaperKind.INVOICE.value


@attrs.frozen(kw_only=True)
class SqlPaperViews(PaperViews):
    """`settlements` says what was paid for invoices."""

    database: Database
    settlements: Settlements

    async def paper(self, actor: Actor, paper_id: PaperId) -> PaperView:
        question = _views(actor).where(papers.c.id == paper_id)

        def ask(connection: Connection) -> PaperView:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise PaperNotFound(paper_id)
            return _view(row, connection)

        found = await self.database.read(ask, of=actor.organization_id)
        (settled,) = await self._settled(actor, [found])
        return settled

    async def papers(self, actor: Actor, *, filter: PaperFilter, slice: Slice) -> Page[PaperView]:
        question = _views(actor).where(*_conditions(filter))
        page = await self.database.read(
            lambda connection: _page(connection, question, slice), of=actor.organization_id
        )
        return await self._settled_page(actor, page)

    async def papers_of(
        self, actor: Actor, booking_id: BookingId, *, kind: PaperKind | None, slice: Slice
    ) -> Page[PaperView]:
        question = _views(actor).where(
            papers.c.id.in_(about_bookings(actor.organization_id, [booking_id])),
            *_conditions(PaperFilter(kind=kind)),
        )
        booked = select(bookings.c.id).where(
            bookings.c.organization_id == actor.organization_id, bookings.c.id == booking_id
        )

        def ask(connection: Connection) -> Page[PaperView]:
            page = _page(connection, question, slice)
            if not page.items and connection.execute(booked).first() is None:
                raise NothingSold(booking_id)
            return page

        found = await self.database.read(ask, of=actor.organization_id)
        return await self._settled_page(actor, found)

    async def several(self, actor: Actor, paper_ids: Sequence[PaperId]) -> Sequence[Paper]:
        question = (
            with_keys()
            .where(papers.c.organization_id == actor.organization_id, papers.c.id.in_(paper_ids))
            .order_by(papers.c.issued_at, papers.c.kind.desc(), papers.c.ordinal)
        )

        def ask(connection: Connection) -> Sequence[Paper]:
            return [paper_of(row, vault_of(connection)) for row in connection.execute(question)]

        return await self.database.read(ask, of=actor.organization_id)

    async def printed(self, actor: Actor, paper_id: PaperId) -> Printed | None:
        question = (
            select(paper_files, papers.c.booking_id, data_keys.c.wrapped)
            .join(
                papers,
                (papers.c.organization_id == paper_files.c.organization_id)
                & (papers.c.id == paper_files.c.id),
            )
            .outerjoin(
                data_keys,
                (data_keys.c.organization_id == papers.c.organization_id)
                & (data_keys.c.id == papers.c.booking_id),
            )
            .where(
                paper_files.c.organization_id == actor.organization_id,
                paper_files.c.id == paper_id,
            )
        )

        def ask(connection: Connection) -> Printed | None:
            row = connection.execute(question).one_or_none()
            return None if row is None else _printed(row, connection)

        return await self.database.read(ask, of=actor.organization_id)

    async def counts(self, actor: Actor, *, year: int) -> Sequence[PaperCount]:
        in_year = extract("year", papers.c.issued_at) == year

        def ask(connection: Connection) -> Sequence[PaperCount]:
            month = _month(connection.dialect.name)
            groups = (month, papers.c.kind, papers.c.currency)
            question = (
                select(
                    month.label("month"),
                    papers.c.kind,
                    papers.c.currency,
                    func.count().label("papers"),
                    func.sum(papers.c.total_minor).label("total"),
                )
                .where(papers.c.organization_id == actor.organization_id, in_year)
                .group_by(*groups)
                .order_by(*groups)
            )
            return [_count(row) for row in connection.execute(question)]

        return await self.database.read(ask, of=actor.organization_id)

    async def certificate(self, number: str) -> tuple[OrganizationId, Paper] | None:
        asked = select(certificate_numbers).where(certificate_numbers.c.number == number)
        found = await self.database.read(
            lambda connection: connection.execute(asked).first(), of=EVERYBODY
        )
        if found is None:
            return None
        key = {"p_organization_id": found.organization_id, "p_id": found.id}

        def ask(connection: Connection) -> Paper:
            return paper_of(connection.execute(one_paper(), key).one(), vault_of(connection))

        paper = await self.database.read(ask, of=found.organization_id)
        return found.organization_id, paper

    async def _settled_page(self, actor: Actor, page: Page[PaperView]) -> Page[PaperView]:
        return Page(items=await self._settled(actor, page.items), next=page.next)

    async def _settled(self, actor: Actor, views: Sequence[PaperView]) -> Sequence[PaperView]:
        invoices = [one for one in views if one.paper.kind is PaperKind.INVOICE]
        if not invoices:
            return views
        booking_ids = list(dict.fromkeys(id for one in invoices for id in one.paper.booking_ids))
        settled = await self.settlements.of(actor, booking_ids)
        return [
            attrs.evolve(one, settlement=settlement_of(one.paper.booking_ids, settled))
            for one in views
        ]


def _views(actor: Actor) -> Select[Any]:
    notes = papers.alias("notes")
    credited = (
        select(func.sum(notes.c.total_minor))
        .where(
            notes.c.organization_id == papers.c.organization_id, notes.c.corrects == papers.c.id
        )
        .scalar_subquery()
    )
    return with_keys(credited.label("credited")).where(
        papers.c.organization_id == actor.organization_id
    )


def _page(connection: Connection, question: Select[Any], slice: Slice) -> Page[PaperView]:
    keys = (papers.c.issued_at, papers.c.id)
    return page_of(connection, question, keys, slice, lambda row: _view(row, connection))


def _conditions(filter: PaperFilter) -> list[ColumnElement[bool]]:
    wanted = {
        papers.c.kind: filter.kind and filter.kind.value,
        papers.c.number: filter.number,
    }
    return [column == value for column, value in wanted.items() if value is not None]


def _view(row: Row[Any], connection: Connection) -> PaperView:
    credited = None
    if row.kind == INVOICE:
        credited = Money(-int(row.credited or 0), row.currency)
    return PaperView(paper=paper_of(row, vault_of(connection)), credited=credited)


def _printed(row: Row[Any], connection: Connection) -> Printed | None:
    content = bytes(row.content)
    if row.sealed:
        if row.wrapped is None:
            return None  # whose it was is forgotten: it does not open any more
        place = place_of(row.organization_id, row.booking_id)
        content = vault_of(connection).open(row.wrapped, content.decode(), place)
    return Printed(content=content, sha256=row.sha256, standard=row.standard)


def _count(row: Row[Any]) -> PaperCount:
    total = None if row.currency is None else Money(int(row.total), row.currency)
    return PaperCount(month=row.month, kind=PaperKind(row.kind), papers=row.papers, total=total)


def _month(dialect: str) -> ColumnElement[str]:
    if dialect == "postgresql":
        return func.to_char(func.timezone("UTC", papers.c.issued_at), "YYYY-MM")
    return func.substr(cast(papers.c.issued_at, String), 1, 7)
