"""The documents as the pages of a site: `python -m tests.docs.site FOLDER` lays them out there.

They are `docs/`, the documents at the root, and every file of code that they point at. In the
repository a link to code leads to that file. A site has no code beside it, so what is linked to is
put there as text, and the links with it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath, relpath

from tests.docs.documents import ROOT

AT_THE_ROOT = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security-policy.md",
}
FENCE = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<=\]\()([^)\s#:]+)(?=[)#])")


def lay_out(folder: Path) -> None:
    for document in documents():
        page = folder / page_of(document)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(as_page(document, folder))


def documents() -> Iterator[str]:
    yield from AT_THE_ROOT
    yield "docs/asyncapi.yaml"
    for file in sorted((ROOT / "docs").rglob("*.md")):
        yield str(file.relative_to(ROOT))


def page_of(place: str) -> str:
    """Where the site has what the repository has at `place`."""
    if place in AT_THE_ROOT:
        return AT_THE_ROOT[place]
    if place.startswith("docs/") and place.endswith((".md", "asyncapi.yaml")):
        return place.removeprefix("docs/")
    return f"source/{place}{'/files' if (ROOT / place).is_dir() else ''}.txt"


def as_page(document: str, folder: Path) -> str:
    """The text with links as the site has them. What they lead to is put there as well."""

    def link(found: re.Match[str]) -> str:
        target = normpath(f"{Path(document).parent}/{found[1]}")
        page = page_of(target)
        if page.startswith("source/"):
            (folder / page).parent.mkdir(parents=True, exist_ok=True)
            (folder / page).write_text(shown(ROOT / target))
        return relpath(page, str(Path(page_of(document)).parent))

    parts = FENCE.split((ROOT / document).read_text())
    parts[::2] = [LINK.sub(link, prose) for prose in parts[::2]]
    return "".join(parts)


def shown(place: Path) -> str:
    if not place.is_dir():
        return place.read_text()
    files = (file for file in sorted(place.rglob("*.*")) if "__pycache__" not in file.parts)
    return "".join(f"{file.relative_to(ROOT)}\n" for file in files)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
