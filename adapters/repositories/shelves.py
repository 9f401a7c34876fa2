"""Numbers of passages, and the shelves on which it lies what they are found by.

What is new lies apart, by passage, until there is enough for a shelf; a shelf is never written to
again. When most of one is gone, what is left is put with what is new.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, Row, Table, bindparam, delete, insert, select, update

from adapters.mapping.postings import (
    numbers_in,
    packed_numbers,
    packed_terms,
    shelved,
    unpacked_terms,
    words_of,
)
from adapters.repositories.new_passages import NewPassages, Numbering
from adapters.schema.documentation import fresh_words, libraries, passages, postings, shelves
from adapters.sql.columns import add_columns
from adapters.sql.scope import Scope
from domain.documentation.pages import Section
from domain.documentation.weighing import weigh

FULL = 1024
"""Passages that are looked through one by one at the most.

Every shelf writes to nearly every page of the index of drawers, so few large ones are cheaper.
"""


@attrs.frozen
class Shelves:
    scope: Scope

    def exchange(self, new: NewPassages, *, removed: int) -> None:
        """Whoever comes next waits until this unit has ended."""
        numbering = Numbering(self.scope)
        if not new.words:
            numbering.count(added=0, removed=removed)
            return
        self._fill_if_due(*numbering.write(new, removed=removed))

    def clear(self, numbers: Sequence[int]) -> None:
        """Of passages that are gone."""
        if not numbers:
            return
        shelved = self._shelved()
        fresh = [self._key(p_number=number) for number in numbers if number > shelved]
        if fresh:
            self.scope.execute(_using_up(), fresh)
        for shelf in self.scope.ask(_shelves(), self._key()).all():
            more = [number for number in numbers if shelf.first <= number <= shelf.last]
            gone = [*numbers_in(shelf.gone), *more]
            if more and len(gone) * 2 > shelf.passages:
                self._take_down(shelf)
            elif more:
                packed = packed_numbers(gone)
                self.scope.execute(_emptying(), self._key(p_last=shelf.last, p_gone=packed))

    def _shelved(self) -> int:
        shelved: int = self.scope.ask(_last_shelved(), self._key()).scalar_one()
        return shelved

    def _fill_if_due(self, last: int, on_a_shelf: int) -> None:
        if last - on_a_shelf >= FULL:
            self._fill(last)

    def _fill(self, last: int) -> None:
        fresh = [tuple(row) for row in self.scope.ask(_fresh(), self._key()).all()]
        drawers = shelved(fresh)
        first = fresh[0][0]
        values = {"last": last, "first": first, "passages": len(fresh), "gone": b""}
        self.scope.execute(
            insert(shelves), self._owned({**values, "terms": packed_terms(drawers)})
        )
        self._add(
            postings, {"shelf": last}, {"term": list(drawers), "holding": list(drawers.values())}
        )
        self.scope.execute(_using_up_all(), self._key())
        self.scope.execute(_shelving(), self._key(p_shelved=last))

    def _take_down(self, shelf: Row[Any]) -> None:
        terms = unpacked_terms(shelf.terms)
        gone = [self._key(p_term=term, p_shelf=shelf.last) for term in terms]
        self.scope.execute(_taking_down(), gone)
        self.scope.execute(_removing(), self._key(p_last=shelf.last))
        span = self._key(p_first=shelf.first, p_last=shelf.last)
        left = self.scope.ask(_lying_on(), span).all()
        if not left:
            return
        weighed = [words_of(weigh(_section(row))) for row in left]
        last, on_a_shelf = Numbering(self.scope).count(added=len(left), removed=len(left))
        numbers = range(last - len(left) + 1, last + 1)
        renumbered = [
            self._key(p_id=row.id, p_number=number)
            for row, number in zip(left, numbers, strict=True)
        ]
        self.scope.execute(_renumbering(), renumbered)
        self._add(fresh_words, {}, {"number": list(numbers), "words": weighed})
        self._fill_if_due(last, on_a_shelf)

    def _add(
        self, table: Table, alike: dict[str, Any], columns: Mapping[str, Sequence[Any]]
    ) -> None:
        self.scope.begin()
        self.scope.send()
        add_columns(self.scope.connection, table, self._owned(alike), columns)

    def _key(self, **parameters: Any) -> dict[str, Any]:
        return {"p_organization_id": self.scope.organization_id, **parameters}

    def _owned(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"organization_id": self.scope.organization_id, **values}


def _section(row: Row[Any]) -> Section:
    return Section(
        anchor=row.anchor,
        path=tuple(row.headings),
        text=row.body,
        symbols=tuple(row.symbols),
    )


@lru_cache(maxsize=1)
def _last_shelved() -> Executable:
    return select(libraries.c.shelved).where(
        libraries.c.organization_id == bindparam("p_organization_id")
    )


@lru_cache(maxsize=1)
def _shelving() -> Executable:
    return (
        update(libraries)
        .where(libraries.c.organization_id == bindparam("p_organization_id"))
        .values(shelved=bindparam("p_shelved"))
    )


@lru_cache(maxsize=1)
def _fresh() -> Executable:
    return (
        select(fresh_words.c.number, fresh_words.c.words)
        .where(fresh_words.c.organization_id == bindparam("p_organization_id"))
        .order_by(fresh_words.c.number)
    )


@lru_cache(maxsize=1)
def _using_up() -> Executable:
    return delete(fresh_words).where(
        fresh_words.c.organization_id == bindparam("p_organization_id"),
        fresh_words.c.number == bindparam("p_number"),
    )


@lru_cache(maxsize=1)
def _using_up_all() -> Executable:
    return delete(fresh_words).where(
        fresh_words.c.organization_id == bindparam("p_organization_id")
    )


@lru_cache(maxsize=1)
def _shelves() -> Executable:
    return (
        select(shelves)
        .where(shelves.c.organization_id == bindparam("p_organization_id"))
        .order_by(shelves.c.last)
    )


@lru_cache(maxsize=1)
def _emptying() -> Executable:
    return (
        update(shelves)
        .where(
            shelves.c.organization_id == bindparam("p_organization_id"),
            shelves.c.last == bindparam("p_last"),
        )
        .values(gone=bindparam("p_gone"))
    )


@lru_cache(maxsize=1)
def _removing() -> Executable:
    return delete(shelves).where(
        shelves.c.organization_id == bindparam("p_organization_id"),
        shelves.c.last == bindparam("p_last"),
    )


@lru_cache(maxsize=1)
def _taking_down() -> Executable:
    return delete(postings).where(
        postings.c.organization_id == bindparam("p_organization_id"),
        postings.c.term == bindparam("p_term"),
        postings.c.shelf == bindparam("p_shelf"),
    )


@lru_cache(maxsize=1)
def _lying_on() -> Executable:
    return (
        select(passages)
        .where(
            passages.c.organization_id == bindparam("p_organization_id"),
            passages.c.number.between(bindparam("p_first"), bindparam("p_last")),
        )
        .order_by(passages.c.number)
    )


@lru_cache(maxsize=1)
def _renumbering() -> Executable:
    return (
        update(passages)
        .where(
            passages.c.organization_id == bindparam("p_organization_id"),
            passages.c.id == bindparam("p_id"),
        )
        .values(number=bindparam("p_number"))
    )
