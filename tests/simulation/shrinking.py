"""A failure made smaller: the fewest faults with which the same oracle still sees it."""

from collections.abc import Callable, Collection, Sequence

from tests.simulation.faults import Fault

Fails = Callable[[Collection[Fault]], bool]


def fewest(faults: Sequence[Fault], fails: Fails, *, runs: int = 30) -> Sequence[Fault]:
    """Leaves out ever smaller parts, in at most so many runs: delta debugging (Zeller, 1999).

    One left out changes what comes after it, so what is left is small, not the smallest.
    """
    left, parts = list(faults), 2
    while left and runs:
        size = max(1, len(left) // parts)
        smaller = None
        for start in range(0, len(left), size):
            if not runs:
                break
            runs -= 1
            without = left[:start] + left[start + size :]
            if fails(without):
                smaller = without
                break
        if smaller is not None:
            left, parts = smaller, max(2, parts - 1)
        elif size == 1:
            break
        else:
            parts = min(len(left), parts * 2)
    return left
