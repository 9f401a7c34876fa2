"""Files from elsewhere, line by line, as they come."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.kernel.rows import Row, RowRefused
from domain.kernel.identifiers import OrganizationId
from domain.pipelines.imports import ImportTarget
from entrypoints.cli.imports import opened
from entrypoints.http.importing.keys import keyed
from entrypoints.http.importing.lines import UNREAD, BadHeader, Format, Line, lines_of
from entrypoints.http.importing.reading_rows import read_rows

DESK = OrganizationId(UUID(int=1))
ROOM = '{"key": "a", "name": "A", "zone": "UTC", "offering": {"kind": "hotel", "beds": 2}}'


def csv_lines(*lines: str) -> list[Line | RowRefused]:
    return list(lines_of(Format.CSV, [f"{line}\n" for line in lines]))


def json_lines(*lines: str) -> list[Line | RowRefused]:
    return list(lines_of(Format.JSON_LINES, [f"{line}\n" for line in lines]))


def test_headings_with_dots_lead_into_groups() -> None:
    assert csv_lines("key,offering.kind,offering.beds", "a,hotel,2") == [
        Line(number=2, tree={"key": "a", "offering": {"kind": "hotel", "beds": "2"}})
    ]


def test_empty_cells_say_nothing_and_lists_are_json() -> None:
    (line,) = csv_lines("a,b,c", ',"[1, ""x""]",[')

    assert line == Line(number=2, tree={"b": [1, "x"], "c": "["})


def test_cells_may_have_commas_quotes_and_line_breaks() -> None:
    first, second = csv_lines("a,b", '"one, two","said ""no"""', '"three\nfour",5')

    assert isinstance(first, Line)
    assert first.tree == {"a": "one, two", "b": 'said "no"'}
    assert isinstance(second, Line)
    assert second.tree == {"a": "three\nfour", "b": "5"}


@pytest.mark.parametrize("header", ["a,a", "a,,b", ",", "\ufeffa,a", '"a"b,c'])
def test_a_header_that_is_none_refuses_the_file(header: str) -> None:
    with pytest.raises(BadHeader):
        csv_lines(header, "1,2,3")


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("1", "has 1 cells under 2 headings"),
        ("1,2,3", "has 3 cells under 2 headings"),
        ("\x00,2", "must have neither NUL nor lone surrogates"),
        ("\ud800,2", "must have neither NUL nor lone surrogates"),
    ],
)
def test_a_bad_row_of_csv_is_named_and_the_next_one_read(text: str, detail: str) -> None:
    bad, good = csv_lines("a,b", text, "3,4")

    assert isinstance(bad, RowRefused)
    assert (bad.line, bad.detail) == (2, detail)
    assert good == Line(number=3, tree={"a": "3", "b": "4"})


def test_a_value_is_no_group() -> None:
    (bad,) = csv_lines("a,a.b", "1,2")

    assert isinstance(bad, RowRefused)
    assert (bad.code, bad.field) == ("malformed_row", "a.b")


@pytest.mark.parametrize(
    "text", ["{", "[]", "1", '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 10_000, '{"a": "\\u0000"}']
)
def test_a_bad_line_of_json_is_named_and_the_next_one_read(text: str) -> None:
    bad, good = json_lines(text, "", '{"b": 1}')[:2]

    assert isinstance(bad, RowRefused)
    assert (bad.line, bad.code) == (1, "malformed_row")
    assert good == Line(number=3, tree={"b": 1})


@given(st.lists(st.text(max_size=30), max_size=5))
def test_nothing_that_anybody_writes_ends_the_reading(texts: list[str]) -> None:
    for format in Format:
        try:
            found = list(lines_of(format, [*texts, "last"]))
        except BadHeader:
            continue
        assert all(isinstance(line, Line | RowRefused) for line in found)


def test_what_is_not_understood_is_refused_with_the_member_to_blame() -> None:
    bad_zone = json.dumps(json.loads(ROOM) | {"zone": "Moon"})
    no_beds = json.dumps(json.loads(ROOM) | {"offering": {"kind": "hotel", "beds": "many"}})
    said = read_rows(ImportTarget.OFFERINGS, Format.JSON_LINES, [ROOM, bad_zone, no_beds], DESK)

    assert [row.line for row in said.rows] == [1]
    assert [(row.line, row.code, row.field) for row in said.refused] == [
        (2, "unknown_zone", "zone"),
        (3, "malformed_row", "offering/beds"),
    ]


def test_the_same_key_is_the_same_resource_and_only_here() -> None:
    assert keyed(DESK, "a") == keyed(DESK, "a")
    assert keyed(DESK, "a") != keyed(DESK, "b")
    assert keyed(DESK, "a") != keyed(OrganizationId(UUID(int=2)), "a")


def test_pools_are_weighed_by_their_days() -> None:
    opening = '{"resource_key": "a", "from": "2027-01-01", "until": "2027-02-01", "capacity": 3}'
    (row,) = read_rows(ImportTarget.POOLS, Format.JSON_LINES, [opening], DESK).rows

    assert isinstance(row, Row)
    assert row.value.resource_id == keyed(DESK, "a")
    assert row.weight == 31


TABLE = "key,name\na,Zoë\nb,Ann\n"


def read_from(file: Path, content: bytes) -> list[Line | RowRefused]:
    file.write_bytes(content)
    with opened(file) as lines:
        return list(lines_of(Format.CSV if file.suffix == ".csv" else Format.JSON_LINES, lines))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_say_in_which_unicode_they_are(tmp_path: Path, encoding: str) -> None:
    assert read_from(tmp_path / "a.csv", TABLE.encode(encoding)) == [
        Line(number=2, tree={"key": "a", "name": "Zoë"}),
        Line(number=3, tree={"key": "b", "name": "Ann"}),
    ]


def test_rows_in_other_encodings_are_refused_for_it_and_others_taken(tmp_path: Path) -> None:
    refused, taken = read_from(tmp_path / "a.csv", TABLE.encode("windows-1252"))

    assert refused == RowRefused(line=2, code="malformed_row", field="name", detail=UNREAD)
    assert taken == Line(number=3, tree={"key": "b", "name": "Ann"})


def test_objects_in_other_encodings_are_refused_for_it(tmp_path: Path) -> None:
    (refused,) = read_from(tmp_path / "a.jsonl", '{"key": "Zoë"}'.encode("windows-1252"))

    assert refused == RowRefused(line=1, code="malformed_row", field="", detail=UNREAD)


def test_a_file_that_was_cut_within_a_character_is_not_guessed_at(tmp_path: Path) -> None:
    *_, last = read_from(tmp_path / "a.csv", TABLE.rstrip().encode("utf-16")[:-1])

    assert last == RowRefused(line=3, code="malformed_row", field="name", detail=UNREAD)


@pytest.mark.parametrize("header", ["key,Größe", "key,a\0b"])
def test_headings_that_nobody_can_keep_refuse_the_file(tmp_path: Path, header: str) -> None:
    with pytest.raises(BadHeader):
        read_from(tmp_path / "a.csv", f"{header}\na,b\n".encode("windows-1252"))
