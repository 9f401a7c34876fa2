"""The page: what was run last, and what came of it. No figure is written by hand."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.trust.runs import KEPT, RUNS, Figures

PAGE = KEPT.with_suffix(".md")

HEAD = """\
# What was tried, and what came of it

Figures of runs that anybody can repeat, each with its command, the commit it was run on and when.
They are kept in `docs/trust` as the runs left them, and this page is made from them by
`python -m tests.trust`; `make trust` runs all of them again. Machines differ: each says how many
cores it had, and how many were waiting for them before it began.

A figure says that something was not seen to fail, not that it cannot. What is promised, and how it
is kept, is in the [README](../README.md); what is asked of security, and open, in
[security](security/README.md)."""


def page() -> str:
    return "\n".join([HEAD, *_sections()]) + "\n"


def kept(name: str) -> Mapping[str, Any] | None:
    """What its latest run has left, if there was one."""
    file = KEPT / f"{name}.json"
    if not file.exists():
        return None
    document: Mapping[str, Any] = json.loads(file.read_text())
    return document


def _sections() -> Iterator[str]:
    for name, run in RUNS.items():
        yield from ("", f"## {run.title}", "")
        document = kept(name)
        if document is None:
            yield f"Not run yet: `{run.command}`"
            continue
        yield from SHOWN.get(name, _plain)(document["figures"])
        yield from ("", _where(document))


def _where(document: Mapping[str, Any]) -> str:
    return (
        f"`{document['command']}`, {document['begun_at']}, commit {document['commit'][:12]}, "
        f"{document['seconds']} s on {document['cores']} cores with a load of "
        f"{document['load_before']}, exit {document['exit']}."
    )


def _plain(figures: Figures) -> Iterator[str]:
    """Whatever is a single figure."""
    yield from ("| what | figure |", "| --- | --- |")
    for name, value in figures.items():
        if isinstance(value, bool | int | float):
            yield f"| {name.replace('_', ' ')} | {value} |"


def _simulation(figures: Figures) -> Iterator[str]:
    """What was found is on the page like all else."""
    yield from _plain(figures)
    yield ""
    yield f"Planted bugs found: {figures['planted_bugs_caught']}."
    for found in figures["findings"]:
        what = found["what"].rstrip(": ")
        yield f"Found, and not mended by then: {found['oracle']}, seed {found['seed']}: {what}."


def _interleavings(figures: Figures) -> Iterator[str]:
    yield "| pair | isolation | orders | all there are | had to wait | violate |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in figures["pairs"]:
        every = "yes" if each["exhaustive"] else "no"
        yield (
            f"| {each['pair']} | {each['isolation']} | {each['orders']} | {every} "
            f"| {each['waits_seen']} | {each['orders_that_violate']} |"
        )
    orders = sum(each["orders"] for each in figures["pairs"])
    yield ""
    yield f"{orders} orders in all; `verify` found {figures['verify_findings']} things afterwards."
    for bug, each in figures["planted"].items():
        yield (
            f"Planted: {bug}, which {each['orders_that_violate']} of {each['orders']} orders of "
            f"{each['pair']} showed."
        )


def _chaos(figures: Figures) -> Iterator[str]:
    yield (
        "| on | acknowledged | paid | killed | fewest writes in flight | back within "
        "| lost | oversold | anything else wrong |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for run in figures["runs"]:
        wrong = dict(run["wrong"])
        lost, oversold = wrong.pop("lost"), wrong.pop("oversold")
        kills = run["kills"]
        yield " | ".join(
            (
                f"| {run['run']} | {run['acknowledged']} | {run['paid']}",
                ", ".join(f"{who} {each['times']}" for who, each in kills.items()),
                ", ".join(str(each["fewest_in_flight"]) for each in kills.values()),
                ", ".join(f"{each['recovered_within_seconds']} s" for each in kills.values()),
                f"{lost} | {oversold} | {sum(wrong.values())} of {len(wrong)} checks |",
            )
        )


def _tests(figures: Figures) -> Iterator[str]:
    yield from ("| test | cases | passed |", "| --- | --- | --- |")
    for test, each in figures["tests"].items():
        file, _, name = test.partition("::")
        yield f"| [{name}](../{file}) | {each['cases']} | {each['passed']} |"
    cases = sum(each["cases"] for each in figures["tests"].values())
    passed = sum(each["passed"] for each in figures["tests"].values())
    counted = "".join(f", {number} {what}" for what, number in figures["counted"].items())
    yield from ("", f"{passed} of {cases} passed{counted}.")


def _counts(figures: Figures) -> Iterator[str]:
    yield "| OWASP ASVS 5.0.0 | met | by whoever runs it | not applicable | open |"
    yield "| --- | --- | --- | --- | --- |"
    for level, each in figures["asvs"].items():
        numbers = (each["met"], each["deployer"], each["not_applicable"], each["open"])
        yield f"| level {level} | " + " | ".join(map(str, numbers)) + " |"
    told = figures["alerts"]
    yield ""
    yield (
        f"Of {told['there']} alerts, {told['fire_in_a_test']} fire in a test and "
        f"{told['keep_still_in_a_test']} keep still in one; {told['never_still']} always fires."
    )


SHOWN: Mapping[str, Callable[[Figures], Iterator[str]]] = {
    "simulation": _simulation,
    "interleavings": _interleavings,
    "chaos": _chaos,
    "planted": _tests,
    "tenants": _tests,
    "egress": _tests,
    "counts": _counts,
}
