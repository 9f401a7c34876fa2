"""Many runs, each from a seed, and what they came to."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from typing import Any

import attrs

from tests.simulation.callers import calls
from tests.simulation.desks import Desk, Template, template
from tests.simulation.faults import KINDS, Fault, Faults
from tests.simulation.guests import guests
from tests.simulation.oracles import Finding
from tests.simulation.planted import BUGS, Life, spoilt
from tests.simulation.policies import InTurn, Policy, Priorities, Uniform
from tests.simulation.program import Slot, slot
from tests.simulation.shrinking import fewest
from tests.simulation.world import World

POLICIES: Sequence[Callable[[Random], Policy]] = (Uniform, Priorities, InTurn)
SEEN = (
    "told: held",
    "told: confirmed",
    "told: released",
    "told: cancelled",
    "refused: SoldOut",
    "paid",
    "paid late",
    "too late to pay",
    "the bank asks",
    "the card is declined",
    "waits",
    "waits no longer",
    "is offered something",
    "an offer is accepted",
    "an offer is declined",
    "an offer is forgotten",
    "is forgotten",
    "rings",
    "rings in vain",
    "a call is accepted",
    "is held in a call",
    "is confirmed in a call",
    "hangs up",
)
"""What has to happen somewhere in a campaign, or it has shown nothing about it."""


async def morning(world: World) -> None:
    """All that happens, at once."""
    await asyncio.gather(guests(world), calls(world))


@attrs.frozen(kw_only=True)
class Run:
    """What there is to say about one run; `seconds` are virtual ones."""

    seed: int
    policy: str
    trace: str
    steps: int
    seconds: float
    struck: Sequence[Fault]
    seen: Counter[str]
    findings: Sequence[Finding]
    asked: int

    def __str__(self) -> str:
        kinds = Counter(kind for kind, _ in self.struck)
        found = "".join(f"\n  {name}: {what}" for name, what in self.findings)
        return (
            f"seed {self.seed}, {self.policy}, trace {self.trace}, {self.steps} steps, "
            f"{self.seconds:.0f} virtual seconds, faults {dict(kinds)}{found}"
        )


def run(
    seed: int,
    *,
    kept: Collection[Fault] | None = None,
    surely: Collection[str] = (),
    make_slot: Callable[[str], Slot] = slot,
    second_wall: bool = True,
    life: Life = morning,
) -> Run:
    policy = POLICIES[seed % len(POLICIES)](Random(f"order:{seed}"))
    faults = Faults(seed, kept, surely=surely)
    world = World(
        seed=seed,
        policy=policy,
        faults=faults,
        template=furnished(),
        make_slot=make_slot,
        second_wall=second_wall,
    )
    with quiet():
        world.run(life)
    return Run(
        seed=seed,
        policy=str(getattr(policy, "name", "")),
        trace=world.loop.trace,
        steps=world.loop.steps,
        seconds=world.loop.time(),
        struck=tuple(faults.struck),
        seen=world.seen,
        findings=tuple(world.findings),
        asked=world.history.asked,
    )


def run_spoilt(bug: str, seed: int) -> Run:
    """With a bug planted, and with the kind of fault it needs to do harm.

    What catches overbooking even so is taken away with it.
    """
    return run(
        seed,
        surely=BUGS[bug].needs,
        make_slot=partial(spoilt, bug),
        second_wall=bug != "checks then acts",
        life=BUGS[bug].life,
    )


def seeds_needed(bug: str, *, from_: int = 0, at_most: int = 10) -> int | None:
    """How many seeds it takes until the oracle that has to see it does."""
    for number in range(at_most):
        if any(name == BUGS[bug].seen_by for name, _ in run_spoilt(bug, from_ + number).findings):
            return number + 1
    return None


def shrunk(failed: Run) -> Sequence[Fault]:
    """The faults without which it would not have happened."""
    names = {name for name, _ in failed.findings}

    def fails(kept: Collection[Fault]) -> bool:
        return bool(names & {name for name, _ in run(failed.seed, kept=frozenset(kept)).findings})

    return fewest(failed.struck, fails)


def never_seen(runs: Sequence[Run]) -> Sequence[str]:
    """Kinds of faults that never struck, and branches that nobody took."""
    struck = {kind for one in runs for kind, _ in one.struck}
    seen = {what for one in runs for what in one.seen}
    return [*(kind for kind in KINDS if kind not in struck), *(w for w in SEEN if w not in seen)]


@contextmanager
def quiet() -> Iterator[None]:
    """What goes wrong here goes wrong on purpose, and need not be logged."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@lru_cache(maxsize=1)
def furnished() -> Template:
    return template(_within)


def _within(path: Path, work: Callable[[Any], Awaitable[Sequence[Desk]]]) -> Sequence[Desk]:
    """Done as in a run in which nothing goes wrong, so that it is the same every time."""
    bare = Template(path.read_bytes(), ())
    calm = Faults(0, kinds={})
    world = World(seed=0, policy=InTurn(Random(0), frozenset()), faults=calm, template=bare)
    desks: list[Desk] = []
    laid_out = path.with_suffix(".laid")

    async def lay_out(world: World) -> None:
        desks.extend(await world.client("owner").ask(work))
        world.eye.file.execute("VACUUM INTO ?", (str(laid_out),))

    with quiet():
        world.run(lay_out)
    laid_out.replace(path)
    return desks
