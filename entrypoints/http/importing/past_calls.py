"""Calls of the past as rows say them."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from application.kernel.rows import Row, RowRefused
from domain.calls.call import Direction, Numbers
from domain.calls.past import PastCall
from domain.calls.status import CallStatus
from domain.kernel.refusals import Refusal
from entrypoints.http.importing.lines import Format, Line, lines_of
from entrypoints.http.importing.row_shapes import Key
from entrypoints.http.malformed import in_words_of_msgspec
from entrypoints.http.shapes import ONE_LINE, Input, Moment, sensible

Phone = Annotated[str, Meta(max_length=16)]
Agent = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=100)]


class PastCallRowInput(Input, frozen=True, kw_only=True):
    key: Key
    direction: Literal["inbound", "outbound"]
    status: Literal["completed", "busy", "no_answer", "rejected", "failed", "cancelled"]
    started_at: Moment
    queued_at: Moment | None = None
    answered_at: Moment | None = None
    ended_at: Moment
    caller: Phone | None = None
    called: Phone | None = None
    agent: Agent | None = None

    def past(self) -> PastCall:
        """Raises what its values refuse."""
        for moment in (self.started_at, self.queued_at, self.answered_at, self.ended_at):
            if moment is not None:
                sensible(moment)
        return PastCall(
            key=self.key,
            direction=Direction(self.direction),
            numbers=Numbers(caller=self.caller, called=self.called),
            status=CallStatus(self.status),
            started_at=self.started_at,
            queued_at=self.queued_at,
            answered_at=self.answered_at,
            ended_at=self.ended_at,
            agent=self.agent,
        )


def past_calls(format: Format, lines: Iterable[str]) -> Iterator[Row | RowRefused]:
    """Every row, good or bad. Raises BadHeader."""
    for line in lines_of(format, lines):
        yield line if isinstance(line, RowRefused) else _understood(line)


def _understood(line: Line) -> Row | RowRefused:
    try:
        said = msgspec.convert(line.tree, PastCallRowInput, strict=False)
        return Row(line=line.number, value=said.past())
    except msgspec.ValidationError as error:
        at, words = in_words_of_msgspec(error)
        field = "/".join(at)[:200]
        return RowRefused(line=line.number, code="malformed_row", field=field, detail=words)
    except Refusal as refusal:
        return RowRefused.because(line.number, refusal)
