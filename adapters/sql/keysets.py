"""Keyset pagination of any select."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timezone
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, tuple_

from adapters.schema.metadata import Moment
from application.kernel.pages import BadCursor, Key, Page, Slice

Item = TypeVar("Item")


def page_of(
    connection: Connection,
    question: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    slice: Slice,
    item: Callable[[Row[Any]], Item],
) -> Page[Item]:
    """One statement: what follows `slice.after` in the order of `keys`, which must be selected.

    Raises BadCursor if that is no key of theirs.
    """
    return page_in_order(connection, question.order_by(*keys), keys, slice, item)


def page_backwards(
    connection: Connection,
    question: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    slice: Slice,
    item: Callable[[Row[Any]], Item],
) -> Page[Item]:
    """Like page_of, from the end."""
    rows = connection.execute(ahead(question, keys, slice, backwards=True)).all()
    return page_with(rows, keys, slice, item)


def page_in_order(
    connection: Connection,
    question: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    slice: Slice,
    item: Callable[[Row[Any]], Item],
) -> Page[Item]:
    """Like page_of, of a question that answers in the order of `keys` by itself."""
    following = _following(question, keys, slice).limit(slice.limit + 1)
    return page_with(connection.execute(following).all(), keys, slice, item)


def ahead(
    question: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    slice: Slice,
    *,
    backwards: bool = False,
) -> Select[Any]:
    """What is on the page, in order, and one more that says whether there is another page."""
    following = _following(question, keys, slice, backwards=backwards)
    ordered = following.order_by(*(key.desc() if backwards else key for key in keys))
    return ordered.limit(slice.limit + 1)


def page_with(
    rows: Sequence[Row[Any]],
    keys: Sequence[ColumnElement[Any]],
    slice: Slice,
    item: Callable[[Row[Any]], Item],
) -> Page[Item]:
    """Of what is `ahead`."""
    shown = rows[: slice.limit]
    more = len(rows) > slice.limit
    return Page(
        items=[item(row) for row in shown],
        next=_key(shown[-1], keys) if more else None,
    )


def _following(
    question: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    slice: Slice,
    *,
    backwards: bool = False,
) -> Select[Any]:
    if slice.after is None:
        return question
    here, there = tuple_(*keys), tuple_(*values_of(keys, slice.after))
    return question.where(here < there if backwards else here > there)


def _key(row: Row[Any], keys: Sequence[ColumnElement[Any]]) -> Key:
    # Public, whatever it is called.
    return key_of(row._mapping[key] for key in keys)  # noqa: SLF001


def key_of(values: Iterable[Any]) -> Key:
    """Of what stands in the columns of a key."""
    return tuple(
        value.isoformat() if isinstance(value, datetime) else str(value) for value in values
    )


def values_of(keys: Sequence[ColumnElement[Any]], after: Key) -> list[Any]:
    """What `key_of` was made of. Raises BadCursor if that is no key of theirs."""
    try:
        return [_value(key, text) for key, text in zip(keys, after, strict=True)]
    except (ValueError, OverflowError) as error:
        raise BadCursor from error


def _value(key: ColumnElement[Any], text: str) -> Any:
    if isinstance(key.type, Moment):
        return _moment(text)
    if "\x00" in text:
        raise ValueError("PostgreSQL has no such texts")
    if key.type.python_type is int:
        return int(text)
    if key.type.python_type is date:
        return date.fromisoformat(text)
    return UUID(text) if key.type.python_type is UUID else text


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset could be any")
    return moment.astimezone(timezone.utc)
