"""Papers, from their rows: what is known of everybody, and, sealed, whose they are.

They are sealed with the key of their booking, so that they are forgotten with it. What is left
without the key is the paper of nobody in particular.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import CompoundSelect, Executable, Row, Select, bindparam, select, union

from adapters.mapping.sealed_parts import SEALED, place_of
from adapters.schema.data_keys import data_keys
from adapters.schema.papers import joint_shares, papers
from adapters.sealing.vault import Vault
from adapters.sql.documents import new_converter
from domain.paperwork.contents import Bill, Certificate, Content, Receipt, Voucher
from domain.paperwork.papers import Numbered, Paper, PaperKind, Reissue, Withdrawal

CONTENTS: Mapping[PaperKind, type[Content]] = {
    PaperKind.VOUCHER: Voucher,
    PaperKind.INVOICE: Bill,
    PaperKind.CREDIT_NOTE: Bill,
    PaperKind.RECEIPT: Receipt,
    PaperKind.CERTIFICATE: Certificate,
}

converter = new_converter()

Stored = dict[str, Any]


def with_keys(*columns: Any) -> Select[Any]:
    """With the key of the booking, where there is one."""
    data_key = (
        select(data_keys.c.wrapped)
        .where(
            data_keys.c.organization_id == papers.c.organization_id,
            data_keys.c.id == papers.c.booking_id,
        )
        .scalar_subquery()
    )
    return select(papers, data_key.label("data_key"), *columns)


@lru_cache(maxsize=1)
def one_paper() -> Select[Any]:
    return with_keys().where(
        papers.c.organization_id == bindparam("p_organization_id"),
        papers.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def papers_of_booking() -> Executable:
    return (
        with_keys()
        .where(
            papers.c.organization_id == bindparam("p_organization_id"),
            papers.c.booking_id == bindparam("p_booking_id"),
        )
        .order_by(papers.c.issued_at, papers.c.kind, papers.c.ordinal)
    )


@lru_cache(maxsize=1)
def certificates_of() -> Executable:
    return (
        with_keys()
        .where(
            papers.c.organization_id == bindparam("p_organization_id"),
            papers.c.resource_id == bindparam("p_resource_id"),
            papers.c.kind == PaperKind.CERTIFICATE.value,
        )
        .order_by(papers.c.issued_at, papers.c.booking_id, papers.c.ordinal)
    )


@lru_cache(maxsize=1)
def papers_for_bookings() -> Executable:
    """Also invoices for several bookings, of which one is among `p_booking_ids`."""
    return (
        with_keys()
        .where(
            papers.c.organization_id == bindparam("p_organization_id"),
            papers.c.id.in_(
                about_bookings(
                    bindparam("p_organization_id"), bindparam("p_booking_ids", expanding=True)
                )
            ),
        )
        .order_by(papers.c.issued_at, papers.c.kind, papers.c.ordinal)
    )


def about_bookings(organization_id: Any, booking_ids: Any) -> CompoundSelect[Any]:
    """Ids of papers; each half finds its own by an index."""
    halves = (
        select(table.c.id).where(
            table.c.organization_id == organization_id, table.c.booking_id.in_(booking_ids)
        )
        for table in (papers, joint_shares)
    )
    return union(*halves)


def content_of(content: Content) -> Stored:
    whole: Stored = converter.unstructure(content)
    return whole


def sealed_content(content: Content, vault: Vault, data_key: str, place: bytes) -> Stored:
    hidden = msgspec.json.encode(content_of(content))
    return {**content_of(content.erased()), SEALED: vault.seal(data_key, hidden, place)}


def paper_of(row: Row[Any], vault: Vault) -> Paper:
    kind = PaperKind(row.kind)
    return Paper(
        id=row.id,
        kind=kind,
        booking_id=row.booking_id,
        resource_id=row.resource_id,
        ordinal=row.ordinal,
        number=row.number,
        numbered=_numbered(row),
        corrects=row.corrects,
        content=_content(row, kind, vault),
        issued_at=row.issued_at,
        sent_at=row.sent_at,
        withdrawn=converter.structure(row.withdrawn, Withdrawal | None),  # type: ignore[arg-type]
        reissues=converter.structure(row.reissues, tuple[Reissue, ...]),
        version=row.version,
    )


def _content(row: Row[Any], kind: PaperKind, vault: Vault) -> Content:
    document = row.content
    if row.data_key is not None and SEALED in document:
        place = place_of(row.organization_id, row.booking_id)
        document = msgspec.json.decode(vault.open(row.data_key, document[SEALED], place))
    return converter.structure(document, CONTENTS[kind])


def _numbered(row: Row[Any]) -> Numbered | None:
    if row.series is None:
        return None
    return Numbered(series=row.series, year=row.year, place=row.place)
