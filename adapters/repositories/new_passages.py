"""New passages of a page: counted, numbered and written with what they are found by.

Whoever writes others of the organization waits from when they are counted until the unit ends. So
PostgreSQL, which many write to at once, does all of that in one statement.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import (
    ARRAY,
    Executable,
    LargeBinary,
    Update,
    bindparam,
    column,
    func,
    insert,
    select,
    true,
    update,
)

from adapters.mapping.postings import Words
from adapters.schema.documentation import fresh_words, libraries, passages
from adapters.sql.bulk import Bulk
from adapters.sql.columns import add_columns
from adapters.sql.scope import Scope
from domain.kernel.identifiers import PageId

FIRST = Bulk.into(libraries)


@attrs.frozen(kw_only=True)
class NewPassages:
    """`columns` of passages and what each is found by, as long as each other, in one order."""

    page_id: PageId
    columns: Mapping[str, Sequence[Any]]
    words: Sequence[Words]


@attrs.frozen
class Numbering:
    scope: Scope

    def count(self, *, added: int, removed: int) -> tuple[int, int]:
        """The last of so many new numbers, and the last that is on a shelf."""
        return self._counted(_counting(), self._change(added, removed))

    def write(self, new: NewPassages, *, removed: int) -> tuple[int, int]:
        """As `count`; the numbers are theirs."""
        added = len(new.words)
        if self.scope.connection.dialect.name != "postgresql":
            return self._one_after_the_other(new, added, removed)
        change = self._change(added, removed)
        written = {"p_page_id": new.page_id, "words": new.words, **new.columns}
        return self._counted(_writing(tuple(new.columns)), change | written)

    def _one_after_the_other(self, new: NewPassages, added: int, removed: int) -> tuple[int, int]:
        last, shelved = self.count(added=added, removed=removed)
        numbers = list(range(last - added + 1, last + 1))
        owned = {"organization_id": self.scope.organization_id}
        connection = self.scope.connection
        alike = {**owned, "page_id": new.page_id}
        add_columns(connection, passages, alike, {**new.columns, "number": numbers})
        add_columns(connection, fresh_words, owned, {"number": numbers, "words": new.words})
        return last, shelved

    def _change(self, added: int, removed: int) -> dict[str, Any]:
        return {
            "p_organization_id": self.scope.organization_id,
            "p_added": added,
            "p_more": added - removed,
        }

    def _counted(self, statement: Executable, change: dict[str, Any]) -> tuple[int, int]:
        counted = self.scope.execute(statement, change).one_or_none()
        if counted is None:  # nobody has any yet, but others may be about to write their first
            self.scope.write(FIRST, [{"edition": 0, "numbered": 0, "shelved": 0, "passages": 0}])
            counted = self.scope.execute(statement, change).one()
        return counted.numbered, counted.shelved


@lru_cache(maxsize=1)
def _counting() -> Update:
    return (
        update(libraries)
        .where(libraries.c.organization_id == bindparam("p_organization_id"))
        .values(
            edition=libraries.c.edition + 1,
            numbered=libraries.c.numbered + bindparam("p_added"),
            passages=libraries.c.passages + bindparam("p_more"),
        )
        .returning(libraries.c.numbered, libraries.c.shelved)
    )


@lru_cache(maxsize=1)
def _writing(names: tuple[str, ...]) -> Executable:
    """One parameter a column."""
    types = {name: passages.c[name].type for name in names} | {"words": LargeBinary()}
    given = func.unnest(
        *(bindparam(name, type_=ARRAY(type, dimensions=1)) for name, type in types.items())
    )
    each = given.table_valued(
        *(column(name, type) for name, type in types.items()),
        with_ordinality="place",
        name="each",
    ).render_derived()
    counted = _counting().cte("counted")
    number = counted.c.numbered - bindparam("p_added") + each.c.place
    told = (
        select(number.label("number"), *(each.c[name] for name in types))
        .select_from(counted.join(each, true()))
        .cte("told")
    )
    owner = bindparam("p_organization_id", type_=passages.c.organization_id.type)
    page = bindparam("p_page_id", type_=passages.c.page_id.type)
    said = insert(passages).from_select(
        ["organization_id", "page_id", "number", *names],
        select(owner, page, told.c.number, *(told.c[name] for name in names)),
    )
    found = insert(fresh_words).from_select(
        ["organization_id", "number", "words"], select(owner, told.c.number, told.c.words)
    )
    return select(counted.c.numbered, counted.c.shelved).add_cte(
        said.cte("said"), found.cte("found")
    )
