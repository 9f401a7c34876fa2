"""What is asked of the database to search passages."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Executable,
    LargeBinary,
    Uuid,
    bindparam,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from adapters.schema.documentation import (
    fresh_words,
    libraries,
    pages,
    passages,
    postings,
    shelves,
)

LIBRARY, FRESH, GONE, HELD = 0, 1, 2, 3


@lru_cache(maxsize=1)
def looking_up() -> Executable:
    """One statement, so that what moves onto a shelf meanwhile is seen in one place."""
    ours: BindParameter[Any] = bindparam("p_organization_id", type_=Uuid())
    return union_all(
        select(
            literal(LIBRARY),
            null(),
            libraries.c.passages,
            type_coerce(null(), LargeBinary),
        ).where(libraries.c.organization_id == ours),
        select(literal(FRESH), null(), fresh_words.c.number, fresh_words.c.words).where(
            fresh_words.c.organization_id == ours
        ),
        select(literal(GONE), null(), shelves.c.last, shelves.c.gone).where(
            shelves.c.organization_id == ours, func.length(shelves.c.gone) > 0
        ),
        select(literal(HELD), postings.c.term, postings.c.shelf, postings.c.holding).where(
            postings.c.organization_id == ours,
            postings.c.term.in_(bindparam("p_terms", expanding=True)),
        ),
    )


@lru_cache(maxsize=1)
def holding_any() -> Executable:
    return select(postings.c.term, postings.c.holding).where(
        postings.c.organization_id == bindparam("p_organization_id"),
        postings.c.term.in_(bindparam("p_terms", expanding=True)),
    )


@lru_cache(maxsize=16)
def passages_of(*wanted: str) -> Executable:
    """Passages by their numbers, of pages whose columns are as wanted."""
    of = pages.columns
    own = ("id", "page_id", "number", "position", "anchor", "body", "headings", "symbols")
    ours: BindParameter[Any] = bindparam("p_organization_id", type_=Uuid())
    return (
        select(
            *(passages.c[name] for name in own),
            of.site_id,
            of.url,
            of.kind,
            of.language,
            of.edition,
            of.fetched_at,
        )
        .join_from(
            passages,
            pages,
            (pages.c.organization_id == passages.c.organization_id)
            & (pages.c.id == passages.c.page_id),
        )
        .where(
            passages.c.organization_id == ours,
            pages.c.organization_id == ours,
            passages.c.number.in_(bindparam("p_numbers", expanding=True)),
            *(of[name] == bindparam(f"p_{name}") for name in wanted),
        )
    )
