"""How long calls lasted."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.analytics.lengths import SHARES, STEPS, Lengths
from domain.analytics.percentiles import percentile

LASTED = st.lists(st.integers(min_value=0, max_value=4_000_000), min_size=1, max_size=50)


@given(LASTED)
def test_counts_give_the_percentiles_of_a_list(lasted: list[int]) -> None:
    lengths = Lengths(sorted(Counter(lasted).items()))
    ordered = sorted(lasted)

    for share in SHARES:
        expected = percentile(ordered, share)
        assert expected is not None
        assert lengths.percentile(share) == pytest.approx(expected / 1000)


@given(LASTED)
def test_every_call_is_in_one_step(lasted: list[int]) -> None:
    lengths = Lengths(sorted(Counter(lasted).items()))

    assert sum(step.calls for step in lengths.distribution) == lengths.calls == len(lasted)
    assert len(lengths.distribution) == len(STEPS)


def test_without_calls_nothing_is_known() -> None:
    assert Lengths([]).mean is None
    assert Lengths([]).percentile(0.5) is None
    assert Lengths([]).calls == 0
