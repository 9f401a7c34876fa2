"""Markdown, as it lies in repositories and as llms.txt is written."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from adapters.extraction.drafts import Draft, tidy
from adapters.extraction.kinds import kind_of
from domain.documentation.pages import ReadPage

FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
LINK = re.compile(r"\]\(\s*+<?([^)\]\s>]++)")  # in one go, however many brackets there are
NAMED = re.compile(r"\{#([\w-]+)\}$")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
MARKS = re.compile(r"[*`]|\[([^\[\]]*)\]\([^()]*\)")  # as above
DEEPEST = 6


def read_markdown(body: bytes, /, *, url: str, content_type: str) -> ReadPage:  # noqa: ARG001
    text = FRONT.sub("", body.decode("utf-8-sig", "replace").replace("\0", "")).strip("\n")
    drafts = _drafts(text, url)
    title = drafts[0].path[0]
    sections = tuple(section for draft in drafts for section in draft.sections())
    found = dict.fromkeys(
        urljoin(url, link).partition("#")[0] for link in LINK.findall(text) if link[0] != "#"
    )
    return ReadPage(
        title=title,
        sections=sections,
        links=tuple(link for link in found if link.startswith(("http:", "https:"))),
        kind=kind_of(url, title, sections),
    )


def _drafts(text: str, url: str) -> list[Draft]:
    name = urlsplit(url).path.rpartition("/")[2]
    headings, drafts = list[tuple[int, str]](), [Draft(anchor="", path=(name or url,))]
    for block in _blocks(text):
        heading = _heading(block)
        if heading is None:
            drafts[-1].blocks.append(block)
            continue
        level, told = heading
        named, title = NAMED.search(told), _plain(NAMED.sub("", told))
        while headings and headings[-1][0] >= level:
            headings.pop()
        headings.append((level, title))
        anchor = named.group(1) if named else _anchor(title)
        path = tuple(each for _, each in headings)
        drafts.append(Draft(anchor=anchor, path=path))
    return drafts if drafts[0].blocks or len(drafts) == 1 else drafts[1:]


def _blocks(text: str) -> Iterator[str]:
    """Headings, and what stands between empty lines; code stays whole."""
    lines, fence = list[str](), ""
    for line in text.splitlines():
        opened = FENCE.match(line)
        if fence:
            lines.append(line)
            if opened and opened.group(1).startswith(fence):
                fence = ""
        elif opened:
            fence = opened.group(1)
            lines.append(line)
        elif not line.strip() or _heading(line):
            yield from _whole(lines)
            lines = []
            yield from _whole([line])
        else:
            lines.append(line)
    yield from _whole(lines)


def _heading(line: str) -> tuple[int, str] | None:
    """Its level and its title, without the marks that may close it."""
    told = line.lstrip("#")
    level, title = len(line) - len(told), told.strip()
    if not 1 <= level <= DEEPEST or not told[:1].isspace() or "\n" in line or not title:
        return None
    bare = title.rstrip("#")
    return level, bare.rstrip() if bare[-1:].isspace() else title


def _whole(lines: list[str]) -> Iterator[str]:
    block = "\n".join(lines).strip("\n")
    if block.strip():
        yield block


def _plain(text: str) -> str:
    return tidy(MARKS.sub(lambda found: found.group(1) or "", text))


def _anchor(title: str) -> str:
    """As the forges make them of headings."""
    return NOT_IN_ANCHORS.sub("", title.lower()).strip().replace(" ", "-")
