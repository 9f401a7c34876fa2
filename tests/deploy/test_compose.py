"""What is shipped to run the program with names options, commands and files that exist."""

import re
from typing import Any

import attrs

from entrypoints.cli.main import COMMANDS
from entrypoints.wiring.options import variable
from entrypoints.wiring.settings import Settings
from tests.deploy.watching import DEPLOY, read
from tests.docs.documents import ROOT

OPTIONS = {variable(field.name) for field in attrs.fields(Settings)}
COPIED = re.compile(r"^COPY (?!--from)(.+) \S+$", re.MULTILINE)


def services() -> dict[str, Any]:
    found: dict[str, Any] = read("compose.yaml")["services"]
    return found


def test_everything_that_watches_is_there() -> None:
    assert services().keys() >= {
        "api",
        "worker",
        "postgres",
        "redis",
        "prometheus",
        "alertmanager",
        "grafana",
        "collector",
    }


def test_options_and_commands_are_those_of_the_program() -> None:
    ours = {name: it for name, it in services().items() if it.get("image") == "frontdesk"}

    assert ours.keys() == {"migrate", "api", "worker"}
    for service in ours.values():
        assert service["environment"].keys() <= OPTIONS
        assert service["command"][0] in COMMANDS
        assert service["read_only"]
    told = re.findall(r"\bFRONTDESK_\w+", (DEPLOY / "Dockerfile").read_text())
    assert set(told) <= OPTIONS


def test_files_that_are_mounted_or_copied_exist() -> None:
    for name, service in services().items():
        for volume in service.get("volumes", ()):
            place = volume.partition(":")[0]
            if place.startswith("."):
                assert (DEPLOY / place).exists(), name
    copied = COPIED.findall((DEPLOY / "Dockerfile").read_text())
    ignored = (ROOT / ".dockerignore").read_text()
    for place in " ".join(copied).split():
        assert (ROOT / place).exists(), place
        assert f"!{place}" in ignored, place


def test_nobody_is_served_as_root() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()

    assert "USER frontdesk" in lines[lines.index("FROM python:3.12-slim") :]


def test_figures_are_asked_for_where_they_are_shown() -> None:
    environment = services()["api"]["environment"]

    *ours, watchers = read("prometheus/prometheus.yml")["scrape_configs"]
    for job in ours:
        [found] = job["dns_sd_configs"]
        assert set(found["names"]) <= services().keys()
        assert str(found["port"]) == environment["FRONTDESK_METRICS_PORT"]
    [watched] = watchers["static_configs"]
    published = str([service.get("ports") for service in services().values()])
    for target in watched["targets"]:
        name, port = target.split(":")
        assert name in {"localhost", *services()}
        assert f":{port}:{port}" in published
