"""The documents, and what they mention."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
# A path of this repository, written out; what has a placeholder in it is none.
PLACE = re.compile(
    r"(?:domain|application|adapters|entrypoints|tests|benchmarks|conformance|docs|\.ci)/[\w./-]*"
)


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


def commands(document: Path) -> Iterator[str]:
    """The lines of fences marked `sh`, with continued lines put together."""
    for _, language, block in FENCE.findall(document.read_text()):
        if language == "sh":
            yield from block.replace("\\\n", " ").splitlines()


def prose(document: Path) -> str:
    return FENCE.sub("", document.read_text())


def links(document: Path) -> list[str]:
    """Those within the repository, without the part of the page they go to."""
    found = (link.partition("#")[0] for link in LINK.findall(prose(document)))
    return [link for link in found if link and "://" not in link]


def places(document: Path) -> list[str]:
    return [code for code in CODE.findall(prose(document)) if PLACE.fullmatch(code)]
