"""`objects.inv` of Sphinx: every name that a site defines, and on which page."""

from collections.abc import Iterator, Sequence
from itertools import islice

from adapters.extraction.seeds.unpacking import unpacked
from application.documentation.ports import Unreadable
from domain.documentation.pages import ReadPage
from domain.documentation.urls import LONGEST_URL

START = b"# Sphinx inventory version 2\n"
HEAD_LINES = 4
LONGEST_LINE = 2 * LONGEST_URL
MOST_PAGES = 50_000


def read_inventory(body: bytes, /, *, url: str) -> ReadPage:
    """Raises Unreadable."""
    if not body.startswith(START):
        raise Unreadable("It is an inventory of another version.")
    *_, packed = body.split(b"\n", HEAD_LINES)
    lines = unpacked(packed).decode(errors="replace").split("\n")
    places = dict.fromkeys(_places(lines))
    return ReadPage(title=url, sections=(), links=tuple(islice(places, MOST_PAGES)))


def _places(lines: Sequence[str]) -> Iterator[str]:
    """Of pages, without the names on them; lines that are no entry say nothing."""
    for line in lines:
        if len(line) > LONGEST_LINE:
            continue
        words = line.split(" ")
        for at in range(1, len(words) - 2):  # names may have spaces in them
            if ":" in words[at] and words[at + 1].lstrip("-").isdecimal():
                name = " ".join(words[:at])
                place, mark, _ = words[at + 2].partition("#")
                yield place if mark or not place.endswith("$") else place[:-1] + name
                break
