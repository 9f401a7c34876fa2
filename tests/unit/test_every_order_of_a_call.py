"""Whatever is delivered of a call, however often and in whatever order, it ends the same."""

from collections.abc import Sequence
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from domain.calls.call import Call
from domain.calls.facts import Heard
from domain.calls.status import ENDS, CallStatus
from domain.calls.steps import accept
from tests.samples import MINUTE, NOW
from tests.samples_of_calls import ME, call, heard

TOLD = tuple(
    heard(status, NOW + minutes * MINUTE)
    for minutes, status in enumerate(
        (CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS, CallStatus.COMPLETED)
    )
)
LONGEST = 7
FACTS = st.builds(
    lambda status, minutes: heard(status, NOW + minutes * MINUTE),
    st.sampled_from([status for status in CallStatus if status is not CallStatus.WRAPPING]),
    st.integers(0, 9),
)
MIXED = st.lists(FACTS, max_size=9).flatmap(
    lambda facts: st.tuples(st.just(facts), st.permutations(facts))
)


def after(start: Call, facts: Sequence[Heard]) -> Call:
    for fact in facts:
        start = start.hear(fact)
    return start


def wrong_ends(start: Call) -> int:
    """Of every sequence of up to seven deliveries, walked as one tree.

    Four kinds, any of them lost, doubled or late: 21,844 sequences.
    """
    ends = {
        frozenset(kinds): after(start, [TOLD[kind] for kind in kinds])
        for size in range(len(TOLD) + 1)
        for kinds in combinations(range(len(TOLD)), size)
    }
    reached, wrong = [(start, frozenset[int]())], 0
    for _ in range(LONGEST):
        reached = [
            (so_far.hear(TOLD[kind]), kinds | {kind})
            for (so_far, kinds), kind in product(reached, range(len(TOLD)))
        ]
        wrong += sum(so_far != ends[kinds] for so_far, kinds in reached)
    return wrong


def test_no_sequence_of_deliveries_ends_wrongly() -> None:
    assert wrong_ends(call()) == 0


@given(st.lists(st.sampled_from(TOLD), max_size=9))
def test_nor_when_somebody_writes_it_up(facts: list[Heard]) -> None:
    start = accept(call(), ME, wraps_up=True, now=NOW)
    told = [fact for fact in TOLD if fact in facts]

    assert after(start, facts) == after(start, told)
    down = TOLD[-1] in facts
    assert after(start, facts).status.line_is_down is down
    assert (after(start, facts).status is CallStatus.WRAPPING) is down


@given(st.lists(FACTS, max_size=9))
def test_a_call_never_goes_back(facts: list[Heard]) -> None:
    known = call()
    for fact in facts:
        before, known = known, known.hear(fact)
        assert known.status.rank >= before.status.rank
        assert known.status is before.status or before.status not in ENDS


@given(MIXED)
def test_when_things_happened_does_not_depend_on_when_we_heard(
    mixed: tuple[list[Heard], list[Heard]],
) -> None:
    one, other = (after(call(), facts) for facts in mixed)

    assert one.durations == other.durations
    assert one.status.rank == other.status.rank
    assert (one.conflict is None) == (other.conflict is None)
