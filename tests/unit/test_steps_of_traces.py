"""Work that something else has set off is a step of the trace of that."""

import attrs
import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import get_current_span

from adapters.telemetry.tracing import open_tracing
from application.kernel.tracing import Continuing, Trace, told_of, trace_at_hand, unseen
from entrypoints.wiring.ambient import hexadecimal
from entrypoints.wiring.at_work import facts, for_now
from entrypoints.wiring.telemetry import InTheLog, Untraced

PARENT = Trace(trace_id="4b" * 16, span_id="07" * 8, sampled=True, state="theirs=ada")
EXPORTER = InMemorySpanExporter()
RECORDED = open_tracing(SimpleSpanProcessor(EXPORTER)).continuing
WAYS = {"recorded": RECORDED, "unrecorded": Untraced(hexadecimal).continuing}


@pytest.fixture(params=[*WAYS.values()], ids=[*WAYS])
def steps(request: pytest.FixtureRequest) -> Continuing:
    EXPORTER.clear()
    return InTheLog(request.param)


def test_a_step_belongs_to_the_trace_of_what_set_it_off(steps: Continuing) -> None:
    with for_now(request_id="7"), steps("work", PARENT) as step:
        assert step == trace_at_hand()
        known = dict(facts())

    assert step
    assert (step.trace_id, step.sampled, step.state) == ("4b" * 16, True, "theirs=ada")
    assert step.span_id != PARENT.span_id
    assert known == {"request_id": "7", "trace_id": step.trace_id, "span_id": step.span_id}


def test_what_nobody_asked_for_begins_a_trace(steps: Continuing) -> None:
    traces: set[tuple[str, str]] = set()
    for _ in range(2):
        with steps("work", None) as step:
            traces |= told_of(step).items()

    assert len(traces) == 2


def test_nothing_is_left_at_hand_by_what_fails(steps: Continuing) -> None:
    with pytest.raises(LookupError), steps("work", PARENT):
        raise LookupError("of Ada")

    assert trace_at_hand() is None
    assert "trace_id" not in facts()
    assert not get_current_span().is_recording()


def test_of_what_fails_only_the_type_is_told() -> None:
    EXPORTER.clear()
    with pytest.raises(LookupError), RECORDED("work", PARENT):
        raise LookupError("of Ada")

    (span,) = EXPORTER.get_finished_spans()
    assert span.attributes == {"frontdesk.outcome": "failed", "error.type": "LookupError"}
    assert "Ada" not in span.to_json().replace("theirs=ada", "")


def test_without_steps_what_follows_goes_on_from_the_parent() -> None:
    with unseen("work", PARENT):
        assert trace_at_hand() is PARENT
    with unseen("work", None) as step:
        assert (step, dict(told_of(step))) == (None, {})


def test_a_trace_is_kept_without_what_others_noted() -> None:
    assert Trace.kept(str(PARENT)) == attrs.evolve(PARENT, state="")
    assert Trace.kept(str(attrs.evolve(PARENT, sampled=False))) == attrs.evolve(
        PARENT, sampled=False, state=""
    )
    assert Trace.kept(None) is None
