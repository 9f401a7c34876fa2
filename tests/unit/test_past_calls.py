"""Calls of the past are taken if what is told of them hangs together; the others are named."""

from datetime import datetime, timezone
from uuid import UUID

import pytest

from application.kernel.rows import Row, RowRefused
from domain.calls.past import ImplausibleCall, PastCall, Rule
from domain.calls.status import CallStatus
from domain.kernel.identifiers import CallId, OrganizationId
from domain.pipelines.imports import ImportTarget
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.reading_rows import read_rows

NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
HEAD = "key,direction,status,started_at,queued_at,answered_at,ended_at,agent,caller\n"
GOOD = "1,inbound,completed,{0}00Z,{0}05Z,{0}10Z,{0}30Z,Mira,+351210000001\n"
ON = "2027-01-01T09:00:"


def rows(*lines: str) -> list[Row | RowRefused]:
    text = [HEAD, *(line.format(ON) for line in lines)]
    said = read_rows(ImportTarget.PAST_CALLS, Format.CSV, text, OrganizationId(UUID(int=2)))
    return [*said.rows, *said.refused]


def call_of(line: str) -> PastCall:
    (row,) = rows(line)
    assert isinstance(row, Row), row
    past: PastCall = row.value
    return past


def test_a_call_is_as_it_was() -> None:
    call = call_of(GOOD).call(CallId(UUID(int=1)), now=NOW)

    assert (call.status, call.provider, call.provider_call) == (
        CallStatus.COMPLETED,
        "import",
        "1",
    )
    assert call.metadata == {"agent": "Mira"}
    assert (call.handler, call.template) == (None, None)
    assert [event.name for event in call.events] == ["call_imported"]
    talked = call.durations.talk
    assert talked is not None
    assert talked.total_seconds() == 20


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("1,inbound,completed,{0}30Z,,{0}10Z,{0}00Z,Mira,\n", Rule.BEGINS_BEFORE_IT_ENDS),
        ("1,inbound,completed,{0}00Z,{0}40Z,{0}10Z,{0}30Z,Mira,\n", Rule.BEGINS_BEFORE_IT_ENDS),
        ("1,inbound,completed,{0}00Z,,{0}40Z,{0}30Z,Mira,\n", Rule.ANSWERED_WHILE_IT_LASTS),
        ("1,inbound,completed,{0}00Z,,,{0}30Z,Mira,\n", Rule.ANSWERED_IF_COMPLETED),
        ("1,inbound,busy,{0}00Z,,{0}10Z,{0}30Z,Mira,\n", Rule.ANSWERED_IF_COMPLETED),
        ("1,inbound,completed,{0}00Z,,{0}10Z,{0}30Z,,\n", Rule.ANSWERED_BY_SOMEBODY),
        ("1,inbound,busy,{0}00Z,,,2027-04-01T00:00:00Z,,\n", Rule.IS_OVER),
    ],
)
def test_what_does_not_hang_together_is_refused_by_rule(line: str, rule: Rule) -> None:
    with pytest.raises(ImplausibleCall) as broken:
        call_of(line).call(CallId(UUID(int=1)), now=NOW)

    assert broken.value.rule == rule.value


def test_rows_that_make_no_sense_are_named_by_line() -> None:
    said = rows(
        GOOD,
        GOOD.replace("completed", "phantom"),
        GOOD.replace("+351", "351"),
        GOOD.replace("{0}30Z", "yesterday"),
    )

    assert [(one.line, one.code) for one in said if isinstance(one, RowRefused)] == [
        (3, "malformed_row"),
        (4, "bad_phone_number"),
        (5, "malformed_row"),
    ]
