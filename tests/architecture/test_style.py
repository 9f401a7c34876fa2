"""House rules, kept."""

import importlib.metadata
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
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


def breaches(rule: Callable[[str], list[str]], files: Iterable[Path]) -> Mapping[str, list[str]]:
    """By file, only those that have some."""
    found = {name(file): rule(text_of(file)) for file in files}
    return {file: faults for file, faults in found.items() if faults}


@cache
def text_of(file: Path) -> str:
    return file.read_text()


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_files_stay_short() -> None:
    assert breaches(rules.too_long, sources(*EVERYTHING)) == {}


@pytest.mark.parametrize("package", INSIDE)
def test_the_inside_imports_only_what_it_may(package: str) -> None:
    rule = partial(rules.strangers, allowed=rules.MAY_IMPORT[package])

    assert breaches(rule, sources(package)) == {}


def test_imports_are_there_to_be_seen() -> None:
    assert breaches(rules.hidden_imports, sources(*PRODUCT)) == {}


def test_no_folder_hides_from_import_linter() -> None:
    folders = {file.parent for file in sources(*EVERYTHING)}

    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def test_the_domain_never_awaits() -> None:
    assert breaches(rules.awaits, sources("domain")) == {}


def test_time_and_chance_come_from_outside() -> None:
    files = [file for file in sources(*PRODUCT) if file not in AMBIENT]

    assert breaches(rules.ambience, files) == {}


def test_the_inside_never_sleeps() -> None:
    assert breaches(rules.sleeps, sources(*INSIDE)) == {}


def test_the_domain_is_made_of_values() -> None:
    assert breaches(rules.loose_values, sources("domain")) == {}


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


def test_domain_values_are_frozen_and_slotted() -> None:
    values = domain_values()

    assert values
    assert [one for one in values if not {"__setattr__", "__slots__"} <= vars(one).keys()] == []


def test_nothing_is_hidden_from_readers() -> None:
    assert breaches(rules.evasions, sources(*EVERYTHING)) == {}


def test_every_module_says_what_is_in_it() -> None:
    files = [file for file in sources(*EVERYTHING) if file.name != "__init__.py"]

    assert breaches(rules.undocumented, files) == {}


def test_a_package_is_a_docstring() -> None:
    files = [file for file in sources(*PRODUCT) if file.name == "__init__.py"]

    assert breaches(rules.more_than_a_docstring, files) == {}


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
