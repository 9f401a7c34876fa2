"""The contracts for other repositories hold in a small shop, and each of them can fail there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.documents import ROOT

STARTER = ROOT / "docs/starter/importlinter.ini"

SHOP = {
    "domain/kernel/money.py": "import attrs",
    "domain/orders/order.py": "from domain.kernel import money",
    "domain/stock/level.py": "",
    "application/kernel/ports.py": "",
    "application/orders/place_order.py": "from domain.orders import order",
    "application/stock/views.py": "",
    "adapters/schema/tables.py": "import sqlalchemy",
    "adapters/repositories/orders.py": "from adapters.schema import tables",
    "entrypoints/wiring/container.py": "from adapters.repositories import orders",
    "entrypoints/http/app.py": "from entrypoints.wiring import container",
}

VIOLATIONS = [
    ("layers", "domain/orders/intruder.py", "import application.kernel"),
    ("plain-domain", "domain/orders/intruder.py", "import time"),
    ("plain-application", "application/orders/intruder.py", "import sqlalchemy"),
    ("domain-features", "domain/stock/intruder.py", "import domain.orders"),
    ("application-features", "application/stock/intruder.py", "import application.orders"),
    ("private-orders", "application/stock/intruder.py", "import domain.orders"),
    ("adapters", "adapters/fax/__init__.py", ""),
    (
        "adapters-are-chosen-in-the-wiring",
        "entrypoints/http/intruder.py",
        "import adapters.repositories",
    ),
    ("ways-in", "entrypoints/wiring/intruder.py", "import entrypoints.http"),
    ("sqlalchemy", "entrypoints/http/intruder.py", "import sqlalchemy"),
    ("acyclic", "domain/kernel/intruder.py", "import domain.orders"),
]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for file, content in SHOP.items():
        write(tmp_path / file, content)
        for folder in Path(file).parents[:-1]:
            write(tmp_path / folder / "__init__.py", "")
    shutil.copy(STARTER, tmp_path)
    return tmp_path


def write(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{content}\n")


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", command, "--config", STARTER.name, "--no-cache", *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_shop_keeps_all_contracts_as_the_document_says(shop: Path) -> None:
    report = lint(shop)

    assert report.returncode == 0, report.stdout + report.stderr
    said = re.findall(r"^.* KEPT$|^Contracts: .*$", report.stdout, re.MULTILINE)
    document = (ROOT / "docs/architecture.md").read_text()
    assert [line for line in said if line not in document] == []


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_every_contract_can_be_broken(shop: Path, contract: str, file: str, line: str) -> None:
    write(shop / file, line)

    report = lint(shop, "--contract", contract)

    assert report.returncode == 1, report.stdout + report.stderr
    assert " BROKEN" in report.stdout


def test_no_contract_is_left_unbroken() -> None:
    contracts = re.findall(r"^\[importlinter:contract:(.+)\]$", STARTER.read_text(), re.MULTILINE)

    assert {contract for contract, _, _ in VIOLATIONS} == set(contracts)
