"""Every pair of use cases, one after the other, on one database."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Any

import attrs

from tests.interleavings.controller import Controller
from tests.interleavings.exploring import Explored, Scene, explore
from tests.interleavings.house import ISOLATIONS, House, house
from tests.interleavings.pairs_of_bookings import (
    confirm_and_cancel,
    confirm_and_expire,
    hold_and_expire,
    hold_and_hold,
    move_and_move,
)
from tests.interleavings.pairs_of_money import payment_and_release, refund_and_refund
from tests.interleavings.pairs_of_others import (
    claim_and_claim,
    import_and_import,
    rotate_and_read,
)
from tests.interleavings.planted import BUGS

Pair = Callable[[House], Awaitable[Scene]]

PAIRS: Mapping[str, Pair] = {
    "hold / hold": hold_and_hold,
    "hold / expire": hold_and_expire,
    "confirm / expire": confirm_and_expire,
    "confirm / cancel": confirm_and_cancel,
    "payment heard of / release": payment_and_release,
    "refund / refund": refund_and_refund,
    "move / move": move_and_move,
    "import / import": import_and_import,
    "key rotated / key shown": rotate_and_read,
    "relay / relay": claim_and_claim,
}


@attrs.frozen(kw_only=True)
class Result:
    pair: str
    isolation: str
    explored: Explored
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "pair": self.pair,
            "isolation": self.isolation,
            "statements_of_the_first_order": list(self.explored.alone),
            "orders": len(self.explored.orders),
            "exhaustive": self.explored.exhaustive,
            "waits_seen": self.explored.waits,
            "orders_that_violate": len(self.explored.violations),
            "seconds": round(self.seconds, 1),
        }


@attrs.frozen(kw_only=True)
class Campaign:
    """`findings` are what `verify` found after all of it."""

    results: tuple[Result, ...]
    findings: tuple[str, ...]

    @property
    def violations(self) -> list[str]:
        return [
            f"{result.pair} ({result.isolation}), {each.order}: {'; '.join(each.wrong)}"
            for result in self.results
            for each in result.explored.violations
        ]


async def campaign(
    admin_url: str, *, isolation: str, most: int, seed: int, pairs: Iterable[str] = PAIRS
) -> Campaign:
    async with house(admin_url, isolation=isolation) as there:
        results = await _explored(there, pairs, isolation=isolation, most=most, seed=seed)
        return Campaign(results=tuple(results), findings=tuple(await there.findings()))


async def caught(admin_url: str, bug: str, *, most: int, seed: int) -> Result:
    """The same with a bug, which has to violate something; what it has left is not verified."""
    plant, pair = BUGS[bug]
    async with house(admin_url, planted=plant) as there:
        (result,) = await _explored(there, [pair], isolation=ISOLATIONS[0], most=most, seed=seed)
        return result


async def _explored(
    there: House, pairs: Iterable[str], *, isolation: str, most: int, seed: int
) -> Sequence[Result]:
    controller, results = Controller(there.server), []
    for name in pairs:
        begun = perf_counter()
        explored = await explore(controller, partial(PAIRS[name], there), most=most, seed=seed)
        seconds = perf_counter() - begun
        results.append(Result(pair=name, isolation=isolation, explored=explored, seconds=seconds))
    return results
