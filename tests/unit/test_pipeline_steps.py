"""What steps make of records."""

import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pipelines.casts import Into
from domain.pipelines.conditions import Comparison, Condition
from domain.pipelines.definition import Contract, Definition, Drift, Drifted
from domain.pipelines.patterns import LONGEST_SUBJECT, BadPattern, demand, matched
from domain.pipelines.ranges import BadRange, Range
from domain.pipelines.records import BadRecord, LeftOut, found, put, unfolded, without
from domain.pipelines.steps import (
    BadStep,
    Cast,
    Concat,
    Constant,
    Default,
    Drop,
    Keep,
    LookUp,
    Match,
    Move,
    Split,
    Step,
    transformed,
)
from domain.pipelines.steps import Demand as Rule

PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(".".join)
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
RECORDS = st.recursive(
    st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner | VALUES, max_size=3),
    max_leaves=4,
)


@settings(max_examples=40)
@given(RECORDS, PATHS, st.integers())
def test_what_is_put_is_found_and_nothing_else_changes(record: Any, path: str, value: int) -> None:
    try:
        after = put(record, path, value)
    except BadRecord:
        return
    assert found(after, path) == value
    assert found(without(after, path), path) is None
    for other in "abc":
        if other != path.split(".", maxsplit=1)[0]:
            assert found(after, other) == found(record, other)


@settings(max_examples=40)
@given(RECORDS)
def test_what_is_unfolded_stays_so(record: Any) -> None:
    assert unfolded(unfolded(record)) == unfolded(record) == record


def test_headings_with_dots_lead_into_groups() -> None:
    assert unfolded({"a.b": 1, "a.c": 2, "d": 3}) == {"a": {"b": 1, "c": 2}, "d": 3}
    with pytest.raises(BadRecord):
        unfolded({"a": 1, "a.b": 2})


@pytest.mark.parametrize(
    ("step", "record", "becomes"),
    [
        (Move(field="a", to="b.c"), {"a": 1}, {"b": {"c": 1}}),
        (Move(field="z", to="b"), {"a": 1}, {"a": 1}),
        (Drop(fields=("a", "b.c")), {"a": 1, "b": {"c": 1, "d": 2}}, {"b": {"d": 2}}),
        (Constant(field="a", value="x"), {"a": 1}, {"a": "x"}),
        (Default(field="a", value="x"), {"a": ""}, {"a": "x"}),
        (Default(field="a", value="x"), {"a": 0}, {"a": 0}),
        (LookUp(field="a", table={"1": "one"}), {"a": 1}, {"a": "one"}),
        (LookUp(field="a", table={}, otherwise="?"), {"a": 1}, {"a": "?"}),
        (Concat(fields=("a", "b", "c"), to="d"), {"a": "x", "c": 1},
         {"a": "x", "c": 1, "d": "x 1"}),
        (Split(field="a", separator=" ", into=("b", "c")), {"a": "x y z"},
         {"a": "x y z", "b": "x", "c": "y z"}),
        (Match(field="a", pattern="(?P<n>[0-9]+)-.*", into={"n": "n"}), {"a": "12-b"},
         {"a": "12-b", "n": "12"}),
        (Constant(field="a", value=1, enabled=False), {}, {}),
    ],
)  # fmt: skip
def test_each_step_does_what_it_is_for(step: Step, record: Any, becomes: Any) -> None:
    assert transformed(record, [step]) == becomes


@pytest.mark.parametrize(
    ("value", "into", "format", "zone", "becomes"),
    [
        ("12.50", Into.MINOR_UNITS, "", "", 1250),
        ("12", Into.MINOR_UNITS, "0", "", 12),
        ("12.345", Into.MINOR_UNITS, "3", "", 12345),
        ("7", Into.INTEGER, "", "", 7),
        (7, Into.TEXT, "", "", "7"),
        ("1.5", Into.NUMBER, "", "", 1.5),
        ("Yes", Into.FLAG, "", "", True),
        ("31.12.2026", Into.DATE, "%d.%m.%Y", "", "2026-12-31"),
        ("2026-07-01T12:00", Into.MOMENT, "", "Europe/Lisbon", "2026-07-01T11:00:00+00:00"),
        ("2026-01-01T12:00", Into.MOMENT, "", "Europe/Lisbon", "2026-01-01T12:00:00+00:00"),
        ("2026-01-01T12:00+02:00", Into.MOMENT, "", "", "2026-01-01T10:00:00+00:00"),
    ],
)
def test_casts(value: Any, into: Into, format: str, zone: str, becomes: Any) -> None:
    step = Cast(field="a", into=into, format=format, zone=zone)

    assert transformed({"a": value}, [step]) == {"a": becomes}


@pytest.mark.parametrize(
    ("value", "into"),
    [
        ("1.5", Into.INTEGER),
        ("12.345", Into.MINOR_UNITS),
        ("1/2", Into.NUMBER),
        ("1e99999999", Into.NUMBER),
        ("nan", Into.NUMBER),
        ("perhaps", Into.FLAG),
        ("2026-02-30", Into.DATE),
        ("2026-01-01T12:00", Into.MOMENT),
        ({"b": 1}, Into.TEXT),
    ],
)
def test_what_cannot_be_read_is_refused(value: Any, into: Into) -> None:
    with pytest.raises(BadRecord):
        transformed({"a": value}, [Cast(field="a", into=into)])


@given(st.text(max_size=30))
def test_no_text_breaks_a_cast(text: str) -> None:
    for into in Into:
        with suppress(BadRecord):
            transformed({"a": text}, [Cast(field="a", into=into, zone="Europe/Lisbon")])


@pytest.mark.parametrize(
    ("test", "values", "record", "holds"),
    [
        (Comparison.IS, ("1",), {"a": 1}, True),
        (Comparison.IS, (True,), {"a": 1}, False),
        (Comparison.IS_NOT, ("1",), {"a": 2}, True),
        (Comparison.ONE_OF, ("x", "y"), {"a": "y"}, True),
        (Comparison.PRESENT, (), {"a": ""}, False),
        (Comparison.ABSENT, (), {}, True),
        (Comparison.MATCHES, ("[a-z]+",), {"a": "abc"}, True),
        (Comparison.AT_LEAST, ("10",), {"a": "9"}, False),
        (Comparison.AT_LEAST, (9,), {"a": "10"}, True),
        (Comparison.AT_MOST, ("2026-01-01",), {"a": "2025-12-31"}, True),
        (Comparison.AT_LEAST, ("2026-01-01",), {"a": 7}, False),
    ],
)
def test_conditions(test: Comparison, values: Any, record: Any, holds: bool) -> None:  # noqa: FBT001
    condition = Condition(field="a", test=test, values=values)

    assert condition.holds(record) is holds
    if holds:
        assert transformed(record, [Keep(condition=condition)]) == record
    else:
        with pytest.raises(LeftOut):
            transformed(record, [Keep(condition=condition)])
        with pytest.raises(BadRecord):
            transformed(record, [Rule(condition=condition)])


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|b)*", "(a)\\1", "(?=a)", "(?P<a>a)(?P=a)", "a*b*c*d*", "a?" * 13, "["],
)
def test_patterns_without_a_bound_are_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        demand(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(?P<first>[^ ]+) (?P<last>.+)", "[0-9]{4}-[0-9]{2}", "(?:a|b)c?", r"\(a\)\*", "[)*]+"],
)
def test_others_are_not(pattern: str) -> None:
    demand(pattern)


def test_the_worst_that_may_be_asked_comes_to_an_end_soon() -> None:
    began = time.process_time()
    for worst in (".*.*.*x", ".*.*" + "a?" * 4 + "x", "a?" * 12 + "x"):
        demand(worst)
        assert matched(worst, "a" * LONGEST_SUBJECT) is None
    assert matched("a*", "a" * (LONGEST_SUBJECT + 1)) is None
    assert time.process_time() - began < 5


def test_an_empty_cell_is_no_value() -> None:
    record = {"id": "1", "offering.kind": "hotel", "ended_at": "", "beds": 0}

    assert Definition(key="id").mapped(record) == {
        "id": "1",
        "offering": {"kind": "hotel"},
        "beds": 0,
    }


def test_a_contract_says_what_becomes_of_what_nobody_knows() -> None:
    record = {"id": "1", "b": 2, "new": 3}

    def kept(drift: Drift) -> Any:
        contract = Contract(fields=("id", "b"), drift=drift)
        return Definition(key="id", contract=contract).mapped(record)

    assert kept(Drift.IGNORE_EXTRA) == {"id": "1", "b": 2}
    with pytest.raises(BadRecord):
        kept(Drift.QUARANTINE_ROW)
    with pytest.raises(Drifted, match="new"):
        kept(Drift.STRICT)
    assert Definition(key="id").mapped(record) == record


@pytest.mark.parametrize("record", [{}, {"id": ""}, {"id": "x" * 201}, {"id": "\0"}, {"id": []}])
def test_a_record_has_a_name_that_can_be_kept(record: Any) -> None:
    with pytest.raises(BadRecord):
        Definition(key="id").name_of(record)


def test_steps_that_make_no_sense_are_named_by_their_place() -> None:
    bad = Match(field="a", pattern="a", into={"missing": "b"})

    with pytest.raises(BadStep) as refused:
        Definition(key="id", steps=(Drop(fields=("a",)), bad)).demand()
    assert refused.value.position == 2


def test_ranges_hold_from_the_first_until_the_last() -> None:
    january = Range(field="at", first="2027-01-01", until="2027-02-01")
    january.demand()

    assert january.holds({"at": "2027-01-01"})
    assert january.holds({"at": "2027-01-31T23:59:59Z"})
    assert not january.holds({"at": "2027-02-01"})
    assert not january.holds({"at": "soon"})
    assert Range(field="n", first="9", until="11").holds({"n": 10})
    for first, until in (("2", "1"), ("a", "b"), ("1", "2027-01-01"), ("1", "1")):
        with pytest.raises(BadRange):
            Range(field="at", first=first, until=until).demand()
