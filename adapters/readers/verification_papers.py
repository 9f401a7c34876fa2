"""Numbers of papers have no gaps, and nothing is taken back twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.papers import certificate_numbers, joint_shares, paper_series, papers

OF_INVOICE = and_(
    joint_shares.c.organization_id == papers.c.organization_id,
    joint_shares.c.id == papers.c.id,
)
SERIES = (papers.c.organization_id, papers.c.series, papers.c.year)


def paper_checks() -> Sequence[Check]:
    return (
        _numbers_are_gapless(),
        _numbers_are_counted(),
        _credit_is_within_the_invoice(),
        _shares_add_up_to_the_invoice(),
        _credit_is_within_the_share(),
        _certificates_are_found(),
    )


def _issued() -> Select[Any]:
    return (
        select(
            *SERIES,
            func.count().label("issued"),
            func.min(papers.c.place).label("first"),
            func.max(papers.c.place).label("last"),
        )
        .where(papers.c.series.is_not(None))
        .group_by(*SERIES)
    )


def _numbers_are_gapless() -> Check:
    issued = _issued().subquery("issued_papers")
    return Check(
        name="paper_numbers_are_gapless",
        question=select(
            issued.c.organization_id,
            issued.c.series.label("subject"),
            issued.c.year,
            issued.c.issued,
            issued.c.last,
        ).where(or_(issued.c.issued != issued.c.last, issued.c.first != 1)),
        detail="{issued} papers of {year} have numbers up to {last}",
    )


def _numbers_are_counted() -> Check:
    issued = _issued().subquery("issued_papers")
    same = and_(
        issued.c.organization_id == paper_series.c.organization_id,
        issued.c.series == paper_series.c.series,
        issued.c.year == paper_series.c.year,
    )
    last = func.coalesce(issued.c.last, 0)
    return Check(
        name="paper_numbers_are_counted",
        question=select(
            func.coalesce(paper_series.c.organization_id, issued.c.organization_id).label(
                "organization_id"
            ),
            func.coalesce(paper_series.c.series, issued.c.series).label("subject"),
            func.coalesce(paper_series.c.year, issued.c.year).label("year"),
            paper_series.c.last.label("counted"),
            last.label("last"),
        )
        .select_from(paper_series)
        .join(issued, same, full=True)
        .where(paper_series.c.last.is_distinct_from(last)),
        detail="the last paper of {year} is {last}, and {counted} were counted",
    )


def _credit_is_within_the_invoice() -> Check:
    notes = papers.alias("notes")
    return Check(
        name="credit_is_within_the_invoice",
        question=select(
            papers.c.organization_id,
            papers.c.id.label("subject"),
            papers.c.total_minor.label("invoiced"),
            func.sum(-notes.c.total_minor).label("credited"),
        )
        .join(
            notes,
            and_(
                notes.c.organization_id == papers.c.organization_id,
                notes.c.corrects == papers.c.id,
            ),
        )
        .group_by(papers.c.organization_id, papers.c.id, papers.c.total_minor)
        .having(func.sum(-notes.c.total_minor) > papers.c.total_minor),
        detail="{credited} were taken back of {invoiced}",
    )


def _shares_add_up_to_the_invoice() -> Check:
    return Check(
        name="shares_add_up_to_the_invoice",
        question=select(
            papers.c.organization_id,
            papers.c.id.label("subject"),
            papers.c.total_minor.label("invoiced"),
            func.sum(joint_shares.c.total_minor).label("shares"),
        )
        .join(joint_shares, OF_INVOICE)
        .group_by(papers.c.organization_id, papers.c.id, papers.c.total_minor)
        .having(func.sum(joint_shares.c.total_minor) != papers.c.total_minor),
        detail="{invoiced} were invoiced, and the shares in it are {shares}",
    )


def _credit_is_within_the_share() -> Check:
    """Of an invoice for several bookings, what was taken back for each."""
    notes = papers.alias("notes")
    credited = func.sum(-notes.c.total_minor)
    share = func.coalesce(joint_shares.c.total_minor, 0)
    return Check(
        name="credit_is_within_the_share",
        question=select(
            papers.c.organization_id,
            notes.c.booking_id.label("subject"),
            papers.c.number,
            share.label("share"),
            credited.label("credited"),
        )
        .join(
            notes,
            and_(
                notes.c.organization_id == papers.c.organization_id,
                notes.c.corrects == papers.c.id,
            ),
        )
        .outerjoin(joint_shares, and_(OF_INVOICE, joint_shares.c.booking_id == notes.c.booking_id))
        .where(
            or_(joint_shares.c.id.is_not(None), notes.c.booking_id != papers.c.booking_id),
        )
        .group_by(
            papers.c.organization_id,
            papers.c.number,
            notes.c.booking_id,
            joint_shares.c.total_minor,
        )
        .having(credited > share),
        detail="{credited} were taken back of its share of {share} in {number}",
    )


def _certificates_are_found() -> Check:
    listed = and_(
        certificate_numbers.c.organization_id == papers.c.organization_id,
        certificate_numbers.c.number == papers.c.number,
        certificate_numbers.c.id == papers.c.id,
    )
    return Check(
        name="certificates_are_found",
        question=select(papers.c.organization_id, papers.c.id.label("subject"))
        .outerjoin_from(papers, certificate_numbers, listed)
        .where(papers.c.kind == "certificate", certificate_numbers.c.number.is_(None)),
        detail="nobody finds it by its number",
    )
