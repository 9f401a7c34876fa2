"""Spans of one trace, each below the one that caused it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import ClassVar

import attrs

from domain.kernel.refusals import NotFound
from domain.pipelines.telemetry import PostedSpan


@attrs.frozen
class TraceNotFound(NotFound):
    code: ClassVar[str] = "trace_not_found"

    def __str__(self) -> str:
        return "nothing is known of such a trace"


@attrs.frozen
class Placed:
    """`depth` is how many of the spans shown lie above it."""

    span: PostedSpan
    depth: int


def arranged(spans: Sequence[PostedSpan]) -> Sequence[Placed]:
    """Each span right before those it caused, and they by when they began.

    Nothing is lost: whose parent is not among them begins anew, and of those that are each
    other's parents the first does.
    """
    in_order = sorted(spans, key=lambda span: (span.begins_at, span.span_id))
    below: dict[str | None, list[PostedSpan]] = defaultdict(list)
    for span in in_order:
        below[span.parent_id].append(span)
    known = {span.span_id for span in spans}
    first = [span for span in in_order if span.parent_id not in known]
    placed: dict[str, Placed] = {}
    for span in (*first, *in_order):
        _place(span, below, placed)
    return list(placed.values())


def _place(
    top: PostedSpan, below: dict[str | None, list[PostedSpan]], placed: dict[str, Placed]
) -> None:
    waiting = [Placed(top, 0)]  # traces may be deeper than calls can be
    while waiting:
        here = waiting.pop()
        if here.span.span_id in placed:
            continue
        placed[here.span.span_id] = here
        children = below.get(here.span.span_id, [])
        waiting += [Placed(child, here.depth + 1) for child in reversed(children)]
