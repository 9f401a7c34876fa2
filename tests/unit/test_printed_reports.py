"""Reports on paper: as many tables as it takes to read all columns, and numbers that fit."""

from zoneinfo import ZoneInfo

import pytest

from adapters.rendering.report_printer import BESIDE, beside, worded


@pytest.mark.parametrize("columns", [1, 2, 11, 12, 13, 23, 24, 41])
def test_every_column_is_in_one_table_and_the_first_in_all(columns: int) -> None:
    tables = beside(columns)

    assert [places[0] for places in tables] == [0] * len(tables)
    assert [place for places in tables for place in places[1:]] == list(range(1, columns))
    assert max(len(places) for places in tables) <= BESIDE
    assert (len(tables) == 1) == (columns <= BESIDE)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (0.1407528641571195, "0.1408"),
        (321.8622047244094, "321.8622"),
        (123456.78916, "123456.7892"),
        (1234567.25, "1234567.25"),
        (0.0, "0"),
        (-0.00001, "0"),
        (900, "900"),
        (None, "–"),
        (True, "yes"),
    ],
)
def test_numbers_are_rounded_so_that_they_fit(cell: float | None, told: str) -> None:
    assert worded(cell, ZoneInfo("UTC")) == told
