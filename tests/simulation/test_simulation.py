"""The program goes through mornings in which much goes wrong, and keeps what it promises."""

import time
from pathlib import Path

import pytest

from tests.simulation.campaign import run, seeds_needed
from tests.simulation.planted import BUGS

KEPT = Path(__file__).parent / "regressions.txt"
MOST_SEEDS = 15
"""Whatever the program changes, other orders follow from the same seed."""


def regressions() -> list[int]:
    lines = KEPT.read_text().splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("seed", regressions())
def test_what_was_found_once_is_not_found_again(seed: int) -> None:
    again = run(seed)
    assert not again.findings, str(again)


def test_nothing_is_found(request: pytest.FixtureRequest) -> None:
    """New seeds every day would find more, and tell whoever changes something else about it."""
    asked = request.config.getoption("--sim-seed", default=None)
    seconds = request.config.getoption("--sim-seconds", default=6)
    if asked is not None:
        only = run(asked)
        print(only)  # noqa: T201
        assert not only.findings, str(only)
        return
    began, seed = time.process_time(), 0
    while seed == 0 or time.process_time() - began < seconds:
        one = run(seed)
        assert not one.findings, str(one)
        seed += 1


def test_a_seed_is_a_morning() -> None:
    one, same, other = run(1), run(1), run(0)

    assert (one.trace, one.steps, one.struck) == (same.trace, same.steps, same.struck)
    assert one.trace != other.trace
    assert one.struck
    assert one.asked > 20


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str) -> None:
    assert seeds_needed(bug, from_=BUGS[bug].seed, at_most=MOST_SEEDS) is not None
