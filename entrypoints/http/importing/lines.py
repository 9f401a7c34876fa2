"""CSV and JSON lines as trees, one a row, each with the line it stands on."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, ClassVar

import attrs

from application.kernel.rows import RowRefused
from domain.kernel.refusals import Invalid
from entrypoints.http.malformed import Duplicated, parsed, unstorable

LONGEST_LINE = 100_000

NO_TEXT = re.compile("[\udc80-\udcff]")
"""What stands for bytes that are no text in the encoding of their file (PEP 383)."""

UNREAD = "is neither UTF-8 nor UTF-16 with its mark"


@attrs.frozen
class BadHeader(Invalid):
    code: ClassVar[str] = "bad_header"
    field: ClassVar[str] = "content"

    def __str__(self) -> str:
        return "the first line names each column once, and none of them is empty"


class Format(Enum):
    """`csv` is RFC 4180 with a header; `jsonl` has one JSON object a line."""

    CSV = "csv"
    JSON_LINES = "jsonl"


@attrs.frozen(kw_only=True)
class Line:
    number: int
    tree: Mapping[str, Any]


def lines_of(format: Format, lines: Iterable[str]) -> Iterator[Line | RowRefused]:
    """Each row as a tree, or why it is none. Raises BadHeader."""
    read = _csv_lines if format is Format.CSV else _json_lines
    for line in read(lines):
        if isinstance(line, Line) and (faults := list(unstorable(line.tree))):
            at, words = faults[0]
            yield _malformed(line.number, "/".join(at), words)
        else:
            yield line


def _json_lines(lines: Iterable[str]) -> Iterator[Line | RowRefused]:
    for number, text in enumerate(lines, start=1):
        if text.strip():
            yield _json_line(number, text)


def _json_line(number: int, text: str) -> Line | RowRefused:
    if len(text) > LONGEST_LINE:
        return _malformed(number, "", f"a line has at most {LONGEST_LINE} characters")
    if NO_TEXT.search(text):
        return _malformed(number, "", UNREAD)
    try:
        tree = parsed(text.encode("utf-8", "surrogatepass"))
    except Duplicated as twice:
        return _malformed(number, str(twice)[:100], "stands twice in one object")
    except (ValueError, RecursionError):
        return _malformed(number, "", "must be a JSON object")
    if not isinstance(tree, dict):
        return _malformed(number, "", "must be a JSON object")
    return Line(number=number, tree=tree)


def _csv_lines(lines: Iterable[str]) -> Iterator[Line | RowRefused]:
    reader = csv.reader(_short_enough(lines), strict=True)
    header = _header(reader)
    if header is None:
        return
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _malformed(reader.line_num, "", f"is not CSV: {error}")
            continue
        if cells:
            yield _csv_line(reader.line_num, header, cells)


def _header(reader: Iterator[list[str]]) -> list[str] | None:
    """The names of the columns; None for a file without a line."""
    try:
        cells = next(reader, None)
    except csv.Error as error:
        raise BadHeader from error
    if cells is None:
        return None
    names = [name.strip().lstrip("\ufeff") for name in cells]
    if not all(names) or len(set(names)) < len(names) or any(unstorable(names)):
        raise BadHeader
    return names


def _short_enough(lines: Iterable[str]) -> Iterator[str]:
    # A longer cell than the reader takes would end the whole file for it.
    for text in lines:
        yield text if len(text) <= LONGEST_LINE else "\n"


def _csv_line(number: int, header: list[str], cells: list[str]) -> Line | RowRefused:
    if len(cells) != len(header):
        return _malformed(number, "", f"has {len(cells)} cells under {len(header)} headings")
    tree: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if cell == "":
            continue
        if NO_TEXT.search(cell):
            return _malformed(number, name, UNREAD)
        branch = tree
        *path, leaf = name.split(".")
        for step in path:
            branch = branch.setdefault(step, {})
            if not isinstance(branch, dict):
                return _malformed(number, name, "is a value and a group of values")
        branch[leaf] = _value(cell)
    return Line(number=number, tree=tree)


def _value(cell: str) -> Any:
    """Lists and objects are written as JSON; everything else is text that is read as it fits."""
    if cell[0] in "[{":
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    return cell


def _malformed(line: int, field: str, detail: str) -> RowRefused:
    return RowRefused(line=line, code="malformed_row", field=field[:200], detail=detail)
