"""Passages that somebody quotes: documentation remembers them as they were."""

from datetime import datetime
from typing import Protocol

import attrs

from domain.kernel.identifiers import PassageId


@attrs.frozen(kw_only=True)
class QuotedPassage:
    """`url` leads to its place on the page, which was read last at `fetched_at`."""

    id: PassageId
    url: str
    path: tuple[str, ...]
    text: str
    digest: str
    version: str | None
    fetched_at: datetime


class QuotedPassages(Protocol):
    def remember(self, passage_id: PassageId) -> QuotedPassage:
        """From now on it is known as it is, whatever becomes of its page.

        Raises PassageNotFound.
        """
        ...
