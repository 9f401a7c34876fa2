"""The import contracts hold here, and each of them can fail."""

import configparser
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.linting import CONFIGURATION, lint

ROOT = Path(__file__).parents[2]
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
    ("private-analytics", "application/calls/intruder.py", "import application.analytics.asking"),
    ("application-features", "application/analytics/intruder.py", "import application.calls"),
    ("private-bookings", "application/inventory/intruder.py", "import domain.bookings"),
    ("private-calls", "application/bookings/intruder.py", "import domain.calls.call"),
    (
        "private-documentation",
        "application/calls/intruder.py",
        "import application.documentation.views",
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
    ("cronsim", "adapters/readers/intruder.py", "import cronsim"),
    ("icalendar", "adapters/mail/intruder.py", "import icalendar"),
    ("minio", "adapters/readers/intruder.py", "import minio"),
    ("typst", "adapters/mail/intruder.py", "import typst"),
    ("segno", "adapters/mail/intruder.py", "import segno"),
    ("pygal", "adapters/mail/intruder.py", "import pygal"),
    ("xlsxwriter", "adapters/mail/intruder.py", "import xlsxwriter"),
    ("pyarrow", "adapters/mail/intruder.py", "import pyarrow"),
    ("selectolax", "adapters/readers/intruder.py", "import selectolax.lexbor"),
    ("yaml", "adapters/readers/intruder.py", "import yaml"),
    ("pypdf", "adapters/readers/intruder.py", "import pypdf"),
    ("docx", "adapters/readers/intruder.py", "import docx"),
    (
        "documents-apart",
        "adapters/extraction/uploads/apart.py",
        "import adapters.extraction.uploads.alone",
    ),
    ("onnxruntime", "adapters/readers/intruder.py", "import tokenizers"),
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
    ("prometheus", "entrypoints/http/intruder.py", "import prometheus_client"),
    ("acyclic", "domain/kernel/intruder.py", "import domain.bookings"),
]


def contracts() -> Mapping[str, str]:
    """The name of each contract, by its identifier."""
    configuration = configparser.ConfigParser()
    configuration.read(ROOT / CONFIGURATION)
    return {
        section.removeprefix(CONTRACT): configuration[section]["name"]
        for section in configuration.sections()
        if section.startswith(CONTRACT)
    }


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    shutil.copy(ROOT / CONFIGURATION, folder)
    return folder


@contextmanager
def with_line(file: Path, line: str) -> Iterator[None]:
    """Added for as long as it takes, the file and its folder made where there are none."""
    made = [path for path in (file.parent, file) if not path.exists()]
    before = file.read_text() if file.exists() else ""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before}\n{line}\n")
    yield
    file.write_text(before)
    for path in reversed(made):
        path.rmdir() if path.is_dir() else path.unlink()


def test_every_contract_is_kept(tmp_path: Path) -> None:
    report = lint(ROOT, tmp_path / "report")

    assert report.code == 0, report.text
    assert f"{len(contracts())} kept, 0 broken" in report.text


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_every_contract_can_be_broken(
    clean: Path, tmp_path: Path, contract: str, file: str, line: str
) -> None:
    with with_line(clean / file, line):
        report = lint(clean, tmp_path / "report", "--contract", contract)

    assert report.code == 1, report.text
    assert f"{contracts()[contract]} BROKEN" in report.text


def test_no_contract_is_left_unbroken() -> None:
    assert {contract for contract, _, _ in VIOLATIONS} == contracts().keys()
