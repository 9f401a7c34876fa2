"""Questions and feedback between their tables and the domain."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import attrs
from sqlalchemy import Row

from domain.documentation.asked import Asked
from domain.documentation.feedback import Feedback


def digest_of(words: str) -> str:
    """The same for the same words, and short enough for a key."""
    return blake2b(words.encode(), digest_size=16).hexdigest()


def columns_of(asked: Asked) -> Mapping[str, Any]:
    return {**attrs.asdict(asked), "digest": digest_of(asked.words)}


def feedback_of(row: Row[Any]) -> Feedback:
    return Feedback(**{field.name: getattr(row, field.name) for field in attrs.fields(Feedback)})
