"""Names that elements define, and the places they can be linked to by."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from adapters.extraction.drafts import tidy, titled

NAME = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|-)[A-Za-z_$][\w$]*)*")
GLOSSARY = "term-"
"""So begin the places where a glossary made by Sphinx explains a term."""
OPTION = re.compile(r"--?[A-Za-z][\w-]*")
BOXES = frozenset(
    ["admonition", "note", "tip", "hint", "important", "caution", "warning", "danger"]
)
"""Classes of what stands beside the text: its heading begins no section for what comes after."""


def is_box(node: LexborNode) -> bool:
    return node.tag != "body" and not BOXES.isdisjoint(
        (node.attributes.get("class") or "").split()
    )


def row_names(row: LexborNode) -> Iterator[str]:
    """What a row is about: code at the beginning of its first cell or of a line there.

    Where that is a link, the name is defined elsewhere.
    """
    cell = row.css_first("td")
    if cell is None:
        return
    for line in (cell, *cell.css("p")):
        code = line.css_first("code")
        if code is not None and not line.css("a[href]"):
            written = tidy(code.text())
            found = NAME.match(written)
            if found and len(found.group()) > 1 and tidy(line.text()).startswith(written):
                yield found.group()


def anchor_of(node: LexborNode) -> str:
    if name := node.id:
        return name
    return node.attributes.get("name") or "" if node.tag == "a" else ""


def anchors_in(node: LexborNode) -> Iterator[str]:
    """Its own, and those inside of it."""
    for inner in node.css("[id], a[name]"):
        if name := anchor_of(inner):
            yield name


def symbols_of(node: LexborNode, anchor: str, text: str) -> list[str]:
    """The exact names that an entry defines: by its anchor if that is one, or else by its code."""
    if (node.attributes.get("class") or "").startswith("sig") and "." in anchor:
        return [anchor.removeprefix("c.")]
    if anchor.startswith(GLOSSARY):
        return [titled(text)]
    code = [titled(each.text()) for each in node.css("code:not(.type), tt, .descname")]
    names = [found.group() for each in code if (found := NAME.match(each) or OPTION.match(each))]
    if names:
        return names[:4]
    found = NAME.fullmatch(text)
    return [text] if found else []
