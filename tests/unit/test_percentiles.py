"""Percentiles by one stated method."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.analytics.percentiles import percentile


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=2, max_size=60))
def test_quartiles_are_those_of_method_7(values: list[int]) -> None:
    quartiles = statistics.quantiles(values, n=4, method="inclusive")
    ordered = sorted(values)
    assert [percentile(ordered, share) for share in (0.25, 0.5, 0.75)] == pytest.approx(quartiles)
    assert percentile(ordered, 1) == ordered[-1]


def test_one_value_is_every_percentile() -> None:
    assert percentile([7], 0.95) == 7


def test_without_values_there_is_no_percentile() -> None:
    assert percentile([], 0.5) is None
