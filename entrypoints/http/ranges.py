"""Ranges of questions: where one runs backwards, nothing could ever be found in it."""

from collections.abc import Collection, Sequence
from typing import Any

import attrs
from msgspec.structs import fields

from entrypoints.http.malformed import Found

BEGINS, ENDS = ("from", "since", "min"), ("until", "to", "before", "max")


@attrs.frozen
class Range:
    """Two members of a question by their attributes, and as whoever asks calls them."""

    begins: str
    ends: str
    called: tuple[str, str]

    def backwards_in(self, question: Any) -> bool:
        begins, ends = getattr(question, self.begins), getattr(question, self.ends)
        return begins is not None and ends is not None and ends < begins


def ranges_of(shape: Any) -> Sequence[Range]:
    """By their names: `from` and `until`, `qa_from` and `qa_to`, `since` and `until`."""
    attributes = {field.encode_name: field.name for field in fields(shape)}
    return [
        Range(attributes[name], attributes[end], (name, end))
        for name in attributes
        for end in _ends_of(name, attributes)
    ]


def backwards(ranges: Sequence[Range], question: Any) -> list[Found]:
    """Ends that come before their beginnings."""
    return [
        ((one.called[1],), f"must not be before {one.called[0]}")
        for one in ranges
        if one.backwards_in(question)
    ]


def _ends_of(name: str, names: Collection[str]) -> Sequence[str]:
    """The first that there is."""
    stem, _, word = name.rpartition("_")
    if word not in BEGINS:
        return []
    ends = [f"{stem}_{each}".lstrip("_") for each in ENDS]
    return [end for end in ends if end in names][:1]
