"""House rules, kept."""

import importlib.metadata
import tomllib
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import attrs
import pytest

from tests.architecture import rules

ROOT = Path(__file__).parents[2]
INSIDE = ("domain", "application")
PRODUCT = (*INSIDE, "adapters", "entrypoints")
EVERYTHING = (*PRODUCT, "tests", "benchmarks", "conformance")
WHERE_TIME_AND_CHANCE_ENTER = ROOT / "entrypoints/wiring/ambient.py"
WHERE_SERVERS_SAY_THE_TIME = ROOT / "adapters/sql/server_clock.py"
AMBIENT = (WHERE_TIME_AND_CHANCE_ENTER, WHERE_SERVERS_SAY_THE_TIME)


def sources(*packages: str) -> list[Path]:
    return sorted(file for package in packages for file in (ROOT / package).rglob("*.py"))


def breaches(rule: Callable[[str], list[str]], file: Path) -> list[str]:
    return rule(file.read_text())


def name(value: object) -> str:
    match value:
        case Path():
            return str(value.relative_to(ROOT))
        case type():
            return value.__qualname__
    return str(value)


@pytest.mark.parametrize("file", sources(*EVERYTHING), ids=name)
def test_files_stay_short(file: Path) -> None:
    assert breaches(rules.too_long, file) == []


@pytest.mark.parametrize("file", sources(*INSIDE), ids=name)
def test_the_inside_imports_only_what_it_may(file: Path) -> None:
    package = file.relative_to(ROOT).parts[0]
    rule = partial(rules.strangers, allowed=rules.MAY_IMPORT[package])

    assert breaches(rule, file) == []


@pytest.mark.parametrize("file", sources(*PRODUCT), ids=name)
def test_imports_are_there_to_be_seen(file: Path) -> None:
    assert breaches(rules.hidden_imports, file) == []


def test_no_folder_hides_from_import_linter() -> None:
    folders = {file.parent for file in sources(*EVERYTHING)}

    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("file", sources("domain"), ids=name)
def test_the_domain_never_awaits(file: Path) -> None:
    assert breaches(rules.awaits, file) == []


@pytest.mark.parametrize(
    "file", [file for file in sources(*PRODUCT) if file not in AMBIENT], ids=name
)
def test_time_and_chance_come_from_outside(file: Path) -> None:
    assert breaches(rules.ambience, file) == []


@pytest.mark.parametrize("file", sources(*INSIDE), ids=name)
def test_the_inside_never_sleeps(file: Path) -> None:
    assert breaches(rules.sleeps, file) == []


@pytest.mark.parametrize("file", sources("domain"), ids=name)
def test_the_domain_is_made_of_values(file: Path) -> None:
    assert breaches(rules.loose_values, file) == []


def domain_values() -> list[type]:
    imported = [
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for file in sources("domain")
        if file.name != "__init__.py"
    ]
    return [
        member
        for module in imported
        for member in vars(module).values()
        if isinstance(member, type) and member.__module__ == module.__name__ and attrs.has(member)
    ]


@pytest.mark.parametrize("value", domain_values(), ids=name)
def test_domain_values_are_frozen_and_slotted(value: type) -> None:
    assert {"__setattr__", "__slots__"} <= vars(value).keys()


@pytest.mark.parametrize("file", sources(*EVERYTHING), ids=name)
def test_nothing_is_hidden_from_readers(file: Path) -> None:
    assert breaches(rules.evasions, file) == []


@pytest.mark.parametrize(
    "file", [file for file in sources(*EVERYTHING) if file.name != "__init__.py"], ids=name
)
def test_every_module_says_what_is_in_it(file: Path) -> None:
    assert breaches(rules.undocumented, file) == []


@pytest.mark.parametrize(
    "file", [file for file in sources(*PRODUCT) if file.name == "__init__.py"], ids=name
)
def test_a_package_is_a_docstring(file: Path) -> None:
    assert breaches(rules.more_than_a_docstring, file) == []


def test_unwanted_packages_are_neither_installed_nor_locked() -> None:
    installed = {found.metadata["Name"] for found in importlib.metadata.distributions()}
    locked = {package["name"] for package in tomllib.loads(lock())["package"]}

    assert not rules.UNWANTED & (installed | locked)
    assert "sqlalchemy" in locked


def lock() -> str:
    return (ROOT / "uv.lock").read_text()


def test_the_rules_read_this_project() -> None:
    """Against a moved folder, which would leave every rule with nothing to say."""
    assert all(sources(package) for package in PRODUCT)
    assert all(rules.ambience(file.read_text()) for file in AMBIENT)
