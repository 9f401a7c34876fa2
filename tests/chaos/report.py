"""The figures of a run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from tests.chaos.aftermath import Aftermath
from tests.chaos.journal import Kill, Write


def report(after: Aftermath) -> str:
    journal = after.journal
    done = journal.done()
    states = Counter(write.state or "quoted" for write in done)
    refused = Counter(w.told.body["code"] for w in journal.writes if w.told and not w.is_done)
    retried = sum(write.tries > 1 for write in journal.writes)
    slow = f"p50 {_quantile(done, 0.5):.0f} ms, p99 {_quantile(done, 0.99):.0f} ms to the answer"
    lines = [
        f"{after.seconds:.1f} s, {len(done)} writes acknowledged {dict(states)}",
        f"{dict(refused)} refused, {retried} asked more than once",
        f"{len(journal.paid)} paid for",
        *(_kills(name, journal.kills) for name in sorted({k.victim for k in journal.kills})),
        f"longest gap {_longest_gap(done):.2f} s, {slow}, outages included",
        f"drained after {after.drained_after:.1f} s, {after.events} events",
        f"fell by themselves {dict(after.falls)}, exits {dict(after.exits)}",
        *(f"{name}: {len(wrong)} {wrong[:5] or ''}" for name, wrong in after.wrong.items()),
    ]
    return "\n".join(lines)


def figures(name: str, after: Aftermath) -> Mapping[str, Any]:
    """The same to be read by programs; `wrong` counts what each checker found."""
    journal = after.journal
    by_victim: dict[str, list[Kill]] = defaultdict(list)
    for kill in journal.kills:
        by_victim[kill.victim].append(kill)
    return {
        "run": name,
        "seconds": round(after.seconds, 1),
        "acknowledged": len(journal.done()),
        "paid": len(journal.paid),
        "kills": {
            victim: {
                "times": len(kills),
                "fewest_in_flight": min(len(kill.in_flight) for kill in kills),
                "recovered_within_seconds": round(
                    max((k.recovered_at - k.at for k in kills if k.recovered_at), default=0.0), 2
                ),
            }
            for victim, kills in sorted(by_victim.items())
        },
        "wrong": {checker: len(found) for checker, found in after.wrong.items()},
    }


def _kills(name: str, kills: Iterable[Kill]) -> str:
    of_it = [kill for kill in kills if kill.victim == name]
    in_flight = [len(kill.in_flight) for kill in of_it]
    cut_off = [kill.cut_off for kill in of_it]
    recoveries = [kill.recovered_at - kill.at for kill in of_it if kill.recovered_at]
    return (
        f"{name} killed {len(of_it)} times, in flight {min(in_flight)} to {max(in_flight)}, "
        f"of them done {min(cut_off)} to {max(cut_off)}, "
        f"recovered within {max(recoveries, default=0):.2f} s"
    )


def _longest_gap(done: Iterable[Write]) -> float:
    times = sorted(write.told_at for write in done)
    return max((later - earlier for earlier, later in pairwise(times)), default=0.0)


def _quantile(done: Iterable[Write], share: float) -> float:
    waits = sorted(1000 * (write.told_at - write.begun_at) for write in done)
    return waits[int(share * (len(waits) - 1))] if waits else 0.0
