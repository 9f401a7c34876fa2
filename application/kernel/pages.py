"""Keyset pages: what follows the last key seen, however the list grows meanwhile."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

import attrs

from domain.kernel.refusals import Invalid

Item = TypeVar("Item", covariant=True)

Key = tuple[str, ...]
"""The sort key of an item, its identifier last, each part as text."""


@attrs.frozen(kw_only=True)
class Slice:
    """Up to `limit` items behind the one with key `after`, or from the start."""

    limit: int
    after: Key | None = None


@attrs.frozen(kw_only=True)
class Page(Generic[Item]):
    """`next` is the key to go on behind, or None at the end."""

    items: Sequence[Item]
    next: Key | None = None


@attrs.frozen
class BadCursor(Invalid):
    code: ClassVar[str] = "bad_cursor"
    field: ClassVar[str] = "cursor"

    def __str__(self) -> str:
        return "take the cursor from `next` of the page before, with the same filters"
