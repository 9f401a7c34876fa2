"""The import contracts hold here, and each of them can fail."""

import configparser
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = "importlinter.ini"
PACKAGES = ("domain", "application", "adapters", "entrypoints")
CONTRACT = "importlinter:contract:"

# Contract, file, line.  The file is made where there is none, so that a violation needs no more
# than the packages that its contract is about.
VIOLATIONS = [
    ("layers", "domain/kernel/intruder.py", "import application.kernel"),
    ("layers", "domain/bookings/intruder.py", "import adapters.sql"),
    ("layers", "application/bookings/intruder.py", "import adapters.sql"),
    ("layers", "application/kernel/intruder.py", "from entrypoints import wiring"),
    ("layers", "adapters/sql/intruder.py", "import entrypoints.wiring"),
    ("layers", "application/kernel/intruder.py", "def late() -> None:\n    import adapters.sql"),
    ("plain-domain", "domain/kernel/intruder.py", "import time"),
    ("plain-domain", "domain/bookings/intruder.py", "from random import choice"),
    ("plain-domain", "domain/bookings/intruder.py", "import importlib"),
    ("plain-domain", "domain/inventory/intruder.py", "import sqlalchemy.orm"),
    ("plain-application", "application/bookings/intruder.py", "import sqlalchemy"),
    ("plain-application", "application/kernel/intruder.py", "import os"),
    ("plain-application", "application/kernel/intruder.py", "from asyncio import sleep"),
    ("domain-features", "domain/inventory/intruder.py", "import domain.bookings"),
    ("domain-features", "domain/kernel/intruder.py", "from domain.identity import *"),
    ("domain-features", "domain/loyalty/__init__.py", ""),
    ("application-features", "application/inventory/intruder.py", "import application.bookings"),
    ("application-features", "application/identity/intruder.py", "import application.inventory"),
    ("application-features", "application/kernel/intruder.py", "import application.bookings"),
    ("application-features", "application/bookings/intruder.py", "import application.onboarding"),
    ("application-features", "application/loyalty/__init__.py", ""),
    ("private-analytics", "application/bookings/intruder.py", "import domain.analytics.erlang"),
    ("private-bookings", "application/inventory/intruder.py", "import domain.bookings"),
    ("private-calls", "application/bookings/intruder.py", "import domain.calls.call"),
    (
        "private-documentation",
        "application/bookings/intruder.py",
        "import domain.documentation.pages",
    ),
    ("private-identity", "application/bookings/intruder.py", "import domain.identity"),
    ("private-inventory", "application/identity/intruder.py", "import domain.inventory"),
    ("private-notifications", "application/bookings/intruder.py", "import domain.notifications"),
    ("private-paperwork", "application/bookings/intruder.py", "import domain.paperwork.papers"),
    (
        "private-payments",
        "application/notifications/intruder.py",
        "import domain.payments.provider",
    ),
    ("private-pipelines", "application/bookings/intruder.py", "import domain.pipelines"),
    ("private-identity", "application/bookings/intruder.py", "import application.identity.ports"),
    (
        "private-notifications",
        "application/bookings/intruder.py",
        "import application.notifications.ports",
    ),
    ("adapters", "adapters/schema/intruder.py", "import adapters.sql"),
    ("adapters", "adapters/readers/intruder.py", "import adapters.repositories"),
    ("adapters", "adapters/mail/intruder.py", "import adapters.rendering"),
    ("adapters", "adapters/fax/__init__.py", ""),
    ("tables", "adapters/mail/intruder.py", "import adapters.schema"),
    ("tables", "adapters/jobs/intruder.py", "import adapters.sql"),
    (
        "adapters-are-chosen-in-the-wiring",
        "entrypoints/http/intruder.py",
        "import adapters.readers",
    ),
    ("adapters-are-chosen-in-the-wiring", "entrypoints/cli/intruder.py", "import adapters.mail"),
    ("ways-in", "entrypoints/wiring/intruder.py", "import entrypoints.http"),
    ("ways-in", "entrypoints/worker/intruder.py", "import entrypoints.http"),
    ("ways-in", "entrypoints/http/intruder.py", "import entrypoints.cli"),
    ("ways-in", "entrypoints/realtime/intruder.py", "import entrypoints.http"),
    ("ways-in", "entrypoints/worker/intruder.py", "import entrypoints.realtime"),
    ("litestar", "entrypoints/realtime/intruder.py", "import litestar"),
    ("ways-in", "entrypoints/telex/__init__.py", ""),
    ("routes", "entrypoints/http/calls.py", "import entrypoints.http.bookings"),
    ("routes", "entrypoints/http/bookings.py", "import entrypoints.http.app"),
    ("sqlalchemy", "entrypoints/http/intruder.py", "import sqlalchemy"),
    ("sqlalchemy", "adapters/jobs/intruder.py", "import sqlalchemy"),
    ("dependency-injector", "entrypoints/http/intruder.py", "import dependency_injector"),
    ("litestar", "entrypoints/wiring/intruder.py", "import litestar"),
    ("granian", "entrypoints/http/intruder.py", "import granian"),
    ("msgspec", "application/kernel/intruder.py", "import msgspec"),
    ("cattrs", "entrypoints/http/intruder.py", "import cattrs"),
    ("cryptography", "adapters/sql/intruder.py", "import cryptography.fernet"),
    ("adapters", "adapters/sealing/intruder.py", "import adapters.schema"),
    ("dbos", "entrypoints/worker/intruder.py", "import dbos"),
    ("icalendar", "adapters/mail/intruder.py", "import icalendar"),
    ("typst", "adapters/mail/intruder.py", "import typst"),
    ("segno", "adapters/mail/intruder.py", "import segno"),
    ("selectolax", "adapters/readers/intruder.py", "import selectolax.lexbor"),
    ("phonenumbers", "adapters/mail/intruder.py", "import phonenumbers"),
    ("argon2", "adapters/readers/intruder.py", "import argon2"),
    ("aiohttp", "adapters/mail/intruder.py", "import aiohttp"),
    ("httpx", "adapters/mail/intruder.py", "import httpx"),
    ("aiocache", "adapters/readers/intruder.py", "import aiocache"),
    ("redis", "entrypoints/wiring/intruder.py", "import redis"),
    ("stripe", "entrypoints/wiring/intruder.py", "import stripe"),
    ("twilio", "entrypoints/wiring/intruder.py", "import twilio"),
    ("protego", "adapters/mail/intruder.py", "import protego"),
    ("opentelemetry", "entrypoints/http/intruder.py", "import opentelemetry.trace"),
    ("acyclic", "domain/kernel/intruder.py", "import domain.bookings"),
]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", command, "--config", CONFIGURATION, "--no-cache", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def contracts() -> Mapping[str, str]:
    """The name of each contract, by its identifier."""
    configuration = configparser.ConfigParser()
    configuration.read(ROOT / CONFIGURATION)
    return {
        section.removeprefix(CONTRACT): configuration[section]["name"]
        for section in configuration.sections()
        if section.startswith(CONTRACT)
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / CONFIGURATION, tmp_path)
    return tmp_path


def append(file: Path, line: str) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("a") as source:
        source.write(f"\n{line}\n")


def test_every_contract_is_kept() -> None:
    report = lint(ROOT)

    assert report.returncode == 0, report.stdout + report.stderr
    assert f"{len(contracts())} kept, 0 broken" in report.stdout


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_every_contract_can_be_broken(copy: Path, contract: str, file: str, line: str) -> None:
    append(copy / file, line)

    report = lint(copy, "--contract", contract)

    assert report.returncode == 1, report.stdout + report.stderr
    assert f"{contracts()[contract]} BROKEN" in report.stdout


def test_no_contract_is_left_unbroken() -> None:
    assert {contract for contract, _, _ in VIOLATIONS} == contracts().keys()
