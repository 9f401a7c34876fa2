"""From the elements of a page to its sections: by headings, and by the names it defines."""

import attrs
from selectolax.lexbor import LexborNode

from adapters.extraction.drafts import MOST_WORDS, Draft, tidy, titled
from adapters.extraction.names import NAME, anchor_of, anchors_in, is_box, row_names, symbols_of
from domain.documentation.pages import Section

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "form",
        "button",
        "svg",
        "iframe",
        "object",
        "select",
        "head",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hgroup",
        "hr",
        "label",
        "li",
        "main",
        "ol",
        "p",
        "section",
        "summary",
        "tbody",
        "ul",
    ]
)
OUTER = frozenset({"section", "div", "article", "main", "body"})
DEEPEST = 200
"""Elements inside one another; no page that people read comes near it."""


@attrs.define
class Walk:
    """Goes through the elements once, in their order."""

    title: str
    drafts: list[Draft] = attrs.field(factory=list)
    _headings: list[tuple[int, str]] = attrs.field(factory=list)
    _line: list[str] = attrs.field(factory=list)
    _outer: str = ""
    _waiting: list[str] = attrs.field(factory=list)
    _boxed: bool = False
    _named: bool = False  # whether the last thing was a name, whose explanation is to come

    def __attrs_post_init__(self) -> None:
        self.drafts.append(Draft(anchor="", path=(self.title,)))
        self._draft = self.drafts[0]

    _draft: Draft = attrs.field(init=False)

    def sections(self) -> tuple[Section, ...]:
        self._end_line()
        self._settle()
        first, *others = self.drafts
        kept = [first, *others] if first.blocks or not others else others
        if kept[0] is not first:
            kept[0].anchors[:0] = [(name, 0) for name, _ in first.anchors]
        return tuple(section for draft in kept for section in draft.sections())

    def through(self, node: LexborNode, depth: int = 0) -> None:
        if depth > DEEPEST:
            return
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                self._line.append(child.text_content or "")
            elif tag in LEFT_OUT:
                continue
            else:
                self._meet(child, tag or "", depth)

    def _meet(self, node: LexborNode, tag: str, depth: int) -> None:
        if tag in HEADINGS:
            self._open_heading(node, HEADINGS[tag])
        elif tag == "dt":
            self._open_name(node)
        elif tag == "dl":
            self._within(node, depth)
        elif tag == "pre":
            self._add_anchors(node)
            self._add(node.text().strip("\n"))
        elif tag == "table":
            self._add_table(node)
        elif tag in BLOCKS:
            self._end_line()
            boxed, self._boxed = self._boxed, self._boxed or is_box(node)
            self._note(node, outer=tag in OUTER and not self._boxed)
            self.through(node, depth + 1)
            self._end_line()
            self._boxed = boxed
        elif tag == "br":
            self._line.append(" ")
        else:
            self._note(node, outer=False)
            self.through(node, depth + 1)

    # -------------------------------------------------------------- sections

    def _open_heading(self, node: LexborNode, level: int) -> None:
        self._end_line()
        title = titled(node.text())
        if not title:
            return
        if self._boxed:
            self._add_anchors(node)
            self._add(title)
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, title))
        inner = node.css_first("[id], a[name]")
        anchor = anchor_of(node) or self._outer or (anchor_of(inner) if inner else "")
        path = tuple(name for _, name in self._headings)
        self._open(anchor, path if path[0] == self.title else (self.title, *path))
        self._add_anchors(node)
        code = node.css_first("code, tt")
        if code is not None and (name := NAME.match(titled(code.text()))):
            self._draft.symbols.append(name.group())
        self._outer = ""

    def _open_name(self, node: LexborNode) -> None:
        self._end_line()
        text = tidy(node.text())
        inner = node.css_first("[id], a[name]")
        anchor = anchor_of(node) or (anchor_of(inner) if inner is not None else "")
        if not anchor or not text:
            self._add_anchors(node)
            self._add(text)
            return
        symbols = symbols_of(node, anchor, text)
        if not self._named:
            label = symbols[0] if symbols else titled(text)
            self._open(anchor, (*self._base, label[:200]))
        self._draft.symbols.extend(symbols)
        self._add_anchors(node)
        self._add(text)
        self._named = True

    def _open(self, anchor: str, path: tuple[str, ...]) -> None:
        self._draft = Draft(anchor=anchor, path=path)
        self.drafts.append(self._draft)
        self._base = path
        self._settle()

    def _within(self, node: LexborNode, depth: int) -> None:
        """What follows a list of names belongs to what came before it."""
        self._end_line()
        draft, base = self._draft, self._draft.path
        for child in node.iter():
            self._base = base
            if child.tag == "dd":
                self._named = False
                self._note(child, outer=False)
                self.through(child, depth + 1)
                self._end_line()
            elif child.tag not in LEFT_OUT:
                self._meet(child, child.tag or "", depth + 1)
        self._named = False
        self._draft = draft

    _base: tuple[str, ...] = attrs.field(init=False, default=())

    # ---------------------------------------------------------------- blocks

    def _add(self, text: str) -> None:
        self._end_line()
        if text.strip():
            self._settle()
            self._draft.blocks.append(text)

    def _end_line(self) -> None:
        if not self._line:
            return
        line = tidy("".join(self._line))
        self._line.clear()
        if line:
            self._settle()
            self._draft.blocks.append(line)

    def _add_table(self, table: LexborNode) -> None:
        self._end_line()
        self._note(table, outer=False)
        rows = table.css("tr")
        if not rows:
            return
        code = table.css("td > pre, td > div > pre")
        if code and len(code) == len(table.css("td")):  # the numbers of lines stood beside it
            for node in table.css("th, pre"):
                self._add(node.text().strip("\n"))
            return
        lines, words = list[str](), 0
        for row in rows:
            line = " | ".join(filter(None, (tidy(cell.text()) for cell in row.css("th, td"))))
            if words > MOST_WORDS // 2:
                self._add("\n".join(lines))
                lines, words = [], 0
            self._add_anchors(row)
            for name in row_names(row):
                self._draft.define(name)
            lines.append(line)
            words += line.count(" ") + 1
        self._add("\n".join(filter(None, lines)))

    # --------------------------------------------------------------- anchors

    def _note(self, node: LexborNode, *, outer: bool) -> None:
        if name := anchor_of(node):
            self._waiting.append(name)
            if outer:
                self._outer = name

    def _add_anchors(self, node: LexborNode) -> None:
        self._waiting.extend(anchors_in(node))
        self._settle()

    def _settle(self) -> None:
        for name in self._waiting:
            self._draft.note(name)
        self._waiting.clear()
