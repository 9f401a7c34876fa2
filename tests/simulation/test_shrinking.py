"""Failures are made smaller."""

from collections.abc import Collection

from tests.simulation.faults import Fault, Faults
from tests.simulation.shrinking import fewest

ALL = [("crash", number) for number in range(40)]


def test_what_is_left_is_what_it_takes() -> None:
    needed = {("crash", 7), ("crash", 31)}

    def fails(kept: Collection[Fault]) -> bool:
        return needed <= set(kept)

    assert set(fewest(ALL, fails, runs=200)) == needed


def test_what_needs_no_fault_is_left_none() -> None:
    assert fewest(ALL, lambda _: True, runs=200) == []


def test_a_fault_left_out_changes_no_other_kind() -> None:
    kinds = {"crash": 50.0, "loss": 50.0}
    seed = next(s for s in range(99) if len(_struck(s, kinds)) > 20)
    first = next(fault for fault in _struck(seed, kinds) if fault[0] == "crash")
    kept = frozenset(_struck(seed, kinds)) - {first}

    assert set(_struck(seed, kinds, kept)) == kept


def _struck(
    seed: int, kinds: dict[str, float], kept: Collection[Fault] | None = None
) -> list[Fault]:
    faults = Faults(seed, kept, kinds)
    for _ in range(20):
        for kind in kinds:
            faults.strikes(kind)
    return faults.struck
