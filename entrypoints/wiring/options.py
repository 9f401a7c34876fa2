"""One option: how it is read from its variable, and what its documentation says."""

from collections.abc import Callable, Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import attrs

from application.kernel.secrets import SecretTrouble
from entrypoints.wiring.sensitive import FILE, Sensitive, Source

VARIABLE = "FRONTDESK_"
OF_A_SECRET = f"{VARIABLE}SECRET_"
FOR_TESTS = f"{VARIABLE}TEST_"


class BadSetting(Exception):
    """A value that cannot be used; says what it must be like, never what it was."""


class BadSettings(Exception):
    """All that is wrong with the environment, by variable."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name} {problem}" for name, problem in problems.items()))
        self.problems = problems


Reader = Callable[[str], Any]
Network = IPv4Network | IPv6Network


def option(reader: Reader, default: Any, help: str) -> Any:
    """An attribute of the settings."""
    return attrs.field(default=default, metadata={"reader": reader, "help": help})


def secret_option(reader: Reader, help: str) -> Any:
    """One that stays out of what is printed. It is read once, when the program starts."""
    return _secret(help, lambda source: reader(source()), reader)


def sensitive_option(reader: Reader, help: str) -> Any:
    """One that is read again whenever it is used, a `Sensitive`."""
    return _secret(help, lambda source: Sensitive(lambda: reader(source())), reader)


def _secret(help: str, made: Callable[[Source], Any], reader: Reader) -> Any:
    metadata = {"reader": reader, "help": help, "made": made}
    return attrs.field(default=None, repr=False, metadata=metadata)


def is_secret(field: "attrs.Attribute[Any]") -> bool:
    return "made" in field.metadata


def variable(name: str) -> str:
    return VARIABLE + name.upper()


Problems = dict[str, str]


def read(
    fields: Iterable["attrs.Attribute[Any]"], environment: Mapping[str, str]
) -> tuple[dict[str, Any], Problems]:
    """Values of the variables that are set and not empty, and what is wrong with others."""
    values, problems = dict[str, Any](), Problems()
    for field in fields:
        given = environment.get(variable(field.name), "").strip()
        if not given:
            continue
        try:
            values[field.name] = field.metadata["reader"](given)
        except BadSetting as problem:
            problems[variable(field.name)] = str(problem)
    return values, problems


def read_secrets(
    fields: Iterable["attrs.Attribute[Any]"],
    source_of: Callable[[str], Source | None],
) -> tuple[dict[str, Any], Problems]:
    """The same for what is secret, wherever `source_of` a variable finds it."""
    values, problems = dict[str, Any](), Problems()
    for field in fields:
        name = variable(field.name)
        try:
            source = source_of(name)
            if source is not None:
                field.metadata["reader"](source())
                values[field.name] = field.metadata["made"](source)
        except BadSetting as problem:
            problems[name] = str(problem)
        except SecretTrouble as trouble:
            problems[name] = f"cannot be read: {trouble}"
    return values, problems


def unknown(fields: Iterable["attrs.Attribute[Any]"], environment: Mapping[str, str]) -> list[str]:
    """Variables that look like options and are none: misspelt, or meant for another release."""
    known = set[str]()
    for field in fields:
        known.add(variable(field.name))
        if is_secret(field):
            known.add(variable(field.name) + FILE)
    return sorted(
        name
        for name in environment
        if name.startswith(VARIABLE)
        and name not in known
        and not name.startswith((FOR_TESTS, OF_A_SECRET))
    )


def text(shortest: int, longest: int) -> Reader:
    def read_text(value: str) -> str:
        if not (shortest <= len(value) <= longest and value.isprintable()):
            raise BadSetting(f"must have {shortest} to {longest} printable characters")
        return value

    return read_text


def number(least: int, most: int) -> Reader:
    def read_number(value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise BadSetting(f"must be a whole number from {least} to {most}")
        return int(value)

    return read_number


def choice(*values: str) -> Reader:
    def read_choice(value: str) -> str:
        for one in values:
            if value.lower() == one.lower():
                return one
        raise BadSetting(f"must be one of {', '.join(values)}")

    return read_choice


def flag(value: str) -> bool:
    return bool(choice("true", "false")(value) == "true")


def networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(network.strip()) for network in value.split(","))
    except ValueError as error:
        raise BadSetting(
            "must be addresses or networks such as 10.0.0.0/8, with commas between"
        ) from error


def path(value: str) -> Path:
    return Path(value).expanduser()


def prefix(value: str) -> str:
    if not (2 <= len(value) <= 4 and value.isascii() and value.isalpha() and value.isupper()):  # noqa: PLR2004
        raise BadSetting("must be 2 to 4 capital letters from A to Z")
    return value
