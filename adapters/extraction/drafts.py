"""Sections in the making."""

import re
from collections.abc import Iterator

import attrs

from domain.documentation.pages import Section

MOST_WORDS = 350
"""A longer section is cut between two blocks."""

NUMBERING = re.compile(r"^(?:(?:Chapter|Appendix|Part)\s+)?[\dA-Z]{1,3}(?:\.\d+)*\.\s+(?=\S)")


DECLARED = re.compile(r"(?:module-|std[:-][a-z]+-)([A-Za-z_][\w.]*)")
"""How Sphinx names the places of modules and of what projects have kinds of their own for."""


def tidy(text: str) -> str:
    return " ".join(text.split())


def titled(text: str) -> str:
    """A heading without its number and the sign that links to it."""
    return NUMBERING.sub("", tidy(text).rstrip("¶#§ ")).strip()


@attrs.define(kw_only=True)
class Draft:
    anchor: str
    path: tuple[str, ...]
    symbols: list[str] = attrs.field(factory=list)
    blocks: list[str] = attrs.field(factory=list)
    anchors: list[tuple[str, int]] = attrs.field(factory=list)
    names: list[tuple[str, int]] = attrs.field(factory=list)

    def note(self, anchor: str) -> None:
        """The place of whatever comes next."""
        self.anchors.append((anchor, len(self.blocks)))
        if declared := DECLARED.fullmatch(anchor):
            self.define(declared.group(1))

    def define(self, name: str) -> None:
        """By whatever comes next."""
        self.names.append((name, len(self.blocks)))

    def sections(self) -> Iterator[Section]:
        """At least one, and more where the text is long."""
        blocks = self.blocks or list(self.path[-1:])
        starts = _starts(blocks)
        ends = [*starts[1:], max(len(blocks), *(place + 1 for _, place in self.anchors), 1)]
        for start, end in zip(starts, ends, strict=True):
            symbols = self.symbols if start == 0 else []
            placed = [name for name, place in self.names if start <= place < end]
            yield Section(
                anchor=self.anchor,
                path=self.path,
                text="\n\n".join(blocks[start:end]),
                symbols=tuple(dict.fromkeys([*symbols, *placed])),
                anchors=tuple(
                    dict.fromkeys(name for name, place in self.anchors if start <= place < end)
                ),
            )


def _starts(blocks: list[str]) -> list[int]:
    starts, words = [0], 0
    for place, block in enumerate(blocks):
        length = len(block.split())
        if words and words + length > MOST_WORDS:
            starts.append(place)
            words = 0
        words += length
    return starts
