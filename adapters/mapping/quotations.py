"""Quotations from their rows, and what their pages say by now."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select

from adapters.schema.calls import quotations
from adapters.schema.documentation import pages, passages, quoted_passages
from domain.calls.quotations import Quotation, Quoted
from domain.kernel.identifiers import ActorId, CallId, PassageId, QuotationId


def whole_quotations() -> Select[Any]:
    return _with_words(select(quotations, *WORDS))


def compared_quotations() -> Select[Any]:
    """With whether their pages are there, and whether they still say so."""
    here = _its_page().exists()
    stands = _its_page(
        exists().where(
            passages.c.organization_id == pages.c.organization_id,
            passages.c.page_id == pages.c.id,
            passages.c.digest == quoted_passages.c.digest,
        )
    ).exists()
    return _with_words(
        select(
            quotations,
            *WORDS,
            quoted_passages.c.left_at,
            here.label("here"),
            stands.label("stands"),
        )
    )


def quotation_of(row: Row[Any]) -> Quotation:
    return Quotation(
        id=QuotationId(row.id),
        call_id=CallId(row.call_id),
        quoted=Quoted(
            passage_id=PassageId(row.passage_id),
            url=f"{row.url}#{row.anchor}" if row.anchor else row.url,
            path=tuple(row.headings),
            text=row.body,
            digest=row.digest,
            version=row.edition,
            fetched_at=row.fetched_at,
        ),
        by=ActorId(row.quoted_by),
        at=row.quoted_at,
    )


WORDS = (
    quoted_passages.c.url,
    quoted_passages.c.anchor,
    quoted_passages.c.digest,
    quoted_passages.c.headings,
    quoted_passages.c.body,
)


def _with_words(question: Select[Any]) -> Select[Any]:
    theirs = and_(
        quoted_passages.c.organization_id == quotations.c.organization_id,
        quoted_passages.c.id == quotations.c.passage_id,
    )
    return question.join_from(quotations, quoted_passages, theirs)


def _its_page(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(pages.c.id)
        .where(
            pages.c.organization_id == quoted_passages.c.organization_id,
            pages.c.site_id == quoted_passages.c.site_id,
            pages.c.url == quoted_passages.c.url,
            *conditions,
        )
        .correlate(quoted_passages)
    )
