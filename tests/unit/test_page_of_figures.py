"""The page that Prometheus reads."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from adapters.telemetry.figure_folder import FOLDER
from adapters.telemetry.prometheus import PrometheusFigures, open_page, page_of_processes
from application.kernel.told_figures import (
    EVENTS_WAITING,
    EVERY_FIGURE,
    FACTS,
    QUERIES,
    SOCKETS,
    USE_CASES,
)
from tests.docs.documents import ROOT

Samples = dict[tuple[str, tuple[str, ...]], float]

# As another process of the same server would.
ANOTHER = """
import sys
from adapters.telemetry.prometheus import PrometheusFigures
from application.kernel.told_figures import EVERY_FIGURE, FACTS, SOCKETS
figures = PrometheusFigures(EVERY_FIGURE)
figures.add(FACTS, "booking_held", amount=int(sys.argv[1]))
figures.set(SOCKETS, int(sys.argv[1]))
print("told", flush=True)
sys.stdin.read()
"""


def samples(page: str) -> Samples:
    """Values of labels in the order of their names."""
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_names_are_those_of_opentelemetry_in_the_words_of_prometheus() -> None:
    figures = PrometheusFigures(EVERY_FIGURE)
    figures.add(USE_CASES, "HoldBooking", "refused:sold_out")
    figures.observe(QUERIES, 0.02, "postgresql", "SELECT")
    figures.set(EVENTS_WAITING, 7)

    told = samples(generate_latest(figures.registry).decode())

    assert told["frontdesk_use_cases_total", ("refused:sold_out", "HoldBooking")] == 1
    assert told["db_client_operation_duration_seconds_count", ("SELECT", "postgresql")] == 1
    assert told["frontdesk_events_waiting", ()] == 7


def test_what_nobody_has_looked_at_is_not_told() -> None:
    figures = PrometheusFigures(EVERY_FIGURE)

    told = samples(generate_latest(figures.registry).decode())

    assert ("frontdesk_events_waiting", ()) not in told
    assert told["frontdesk_facts_delay_seconds_count", ()] == 0


def test_figures_are_described_and_named_once() -> None:
    assert len({figure.name for figure in EVERY_FIGURE}) == len(EVERY_FIGURE)
    for figure in EVERY_FIGURE:
        assert figure.help.endswith(".")
        assert "organization" not in " ".join(figure.labels)


def test_processes_add_up_and_what_the_dead_have_counted_stays(tmp_path: Path) -> None:
    environment = {**os.environ, FOLDER: str(tmp_path), "PYTHONPATH": str(ROOT)}
    processes = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", ANOTHER, str(amount)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for amount in (3, 4)
    ]
    page = page_of_processes(tmp_path)
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == b"told\n"

    both = samples(generate_latest(page).decode())
    processes[0].communicate()
    one = samples(generate_latest(page).decode())
    processes[1].communicate()

    assert (both["frontdesk_facts_total", ("booking_held",)], both["frontdesk_sockets", ()]) == (
        7,
        7,
    )
    assert (one["frontdesk_facts_total", ("booking_held",)], one["frontdesk_sockets", ()]) == (
        7,
        4,
    )


def test_it_is_served_on_a_port_of_its_own() -> None:
    figures = PrometheusFigures((FACTS, SOCKETS))
    figures.add(FACTS, "booking_held")
    close, port = open_page(figures.registry, host="127.0.0.1", port=0)
    try:
        page = httpx.get(f"http://127.0.0.1:{port}/metrics")
    finally:
        close()

    assert page.headers["content-type"].startswith("text/plain")
    assert samples(page.text)["frontdesk_facts_total", ("booking_held",)] == 1
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/metrics")
