"""The register of OWASP's requirements: what it says, what is wrong with it, and its page.

`python -m tests.docs.asvs` prints the page, by the standard library and attrs alone.
"""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "docs/security/asvs-5.0.0.toml"

MET, DEPLOYER, NOT_APPLICABLE, OPEN = "met", "deployer", "not_applicable", "open"
STATUSES = {
    MET: "met",
    DEPLOYER: "by whoever runs it",
    NOT_APPLICABLE: "not applicable",
    OPEN: "open",
}
LEVELS = {1: 70, 2: 183, 3: 92}
ID = re.compile(r"v5\.0\.0-(\d+)\.(\d+)\.(\d+)")

CHAPTERS = (
    *("Encoding and sanitization", "Validation and business logic", "Web frontend"),
    *("API and web service", "File handling", "Authentication", "Session management"),
    *("Authorization", "Self-contained tokens", "OAuth and OIDC", "Cryptography"),
    *("Secure communication", "Configuration", "Data protection", "Coding and architecture"),
    *("Logging and error handling", "WebRTC"),
)

HEAD = """\
# Security, requirement by requirement

How Frontdesk answers the [OWASP Application Security Verification Standard][asvs] 5.0.0, written
by those who make it: nobody else has verified it. Every requirement is in
[`docs/security/asvs-5.0.0.toml`](asvs-5.0.0.toml) with the tests that would fail without it, or
the reason why there are none. This page is made from it by `make docs`.

[asvs]: https://owasp.org/www-project-application-security-verification-standard/

What those who run it owe: [deployment](deployment.md). What it uses, connects to and keeps:
[inventory](inventory.md). How to tell of weaknesses: [SECURITY.md](../../SECURITY.md)."""


@attrs.frozen(kw_only=True)
class Requirement:
    id: str
    level: int
    asks: str
    status: str
    tests: Sequence[str] = ()
    files: Sequence[str] = ()
    reason: str = ""

    @property
    def place(self) -> tuple[int, ...]:
        found = ID.fullmatch(self.id)
        return tuple(map(int, found.groups())) if found else ()


@attrs.frozen
class Register:
    requirements: Sequence[Requirement]
    may_be_open: Sequence[str]

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> "Register":
        may_be_open = tables["may_be_open"]
        found = [
            Requirement(id=id, **table) for id, table in tables.items() if id != "may_be_open"
        ]
        return cls(found, may_be_open)

    @classmethod
    def read(cls) -> "Register":
        return cls.of(tomllib.loads(REGISTER.read_text()))


def faults(register: Register) -> Iterator[str]:
    """What the register claims and is not so."""
    places = [one.place for one in register.requirements]
    if not all(places) or places != sorted(set(places)):
        yield "ids are those of the standard, each once and in its order"
    if Counter(one.level for one in register.requirements) != LEVELS:
        yield f"there are not as many of each level as the standard has: {LEVELS}"
    for one in register.requirements:
        yield from (f"{one.id}: {words}" for words in _faults_of(one))
    opened = [one.id for one in register.requirements if one.status == OPEN and one.level < 3]
    if list(register.may_be_open) != opened:
        yield f"may_be_open names other requirements than are: {opened}"


def _faults_of(one: Requirement) -> Iterator[str]:
    if one.status not in STATUSES:
        yield f"{one.status} is no status"
    if one.status == MET and not (one.tests or one.files):
        yield "nothing shows that it is met"
    if one.status != MET and not one.reason:
        yield "there is no reason"
    if one.status == DEPLOYER and not any(file.endswith(".md") for file in one.files):
        yield "no document tells it to whoever runs the program"
    yield from (f"{file} does not exist" for file in one.files if not (ROOT / file).is_file())
    yield from (f"{test} does not exist" for test in one.tests if not exists(test))


def exists(test: str) -> bool:
    file, _, name = test.partition("::")
    return file.startswith("tests/") and name in tests_in(ROOT / file)


@cache
def tests_in(file: Path) -> frozenset[str]:
    """Test functions of a module, by its source alone."""
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text())
    return frozenset(
        one.name
        for one in tree.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_")
    )


def page(register: Register) -> str:
    return "\n".join([HEAD, "", *_counts(register), *_open(register), *_chapters(register)])


def _counts(register: Register) -> Iterator[str]:
    counts = Counter((one.level, one.status) for one in register.requirements)
    yield "| level | " + " | ".join(STATUSES.values()) + " | in all |"
    yield "| --- |" + " --- |" * (len(STATUSES) + 1)
    for level in LEVELS:
        numbers = [counts[level, status] for status in STATUSES]
        yield f"| {level} | " + " | ".join(map(str, [*numbers, sum(numbers)])) + " |"


def _open(register: Register) -> Iterator[str]:
    yield from ("", "## What is open", "", "| id | level | asks | what is missing |")
    yield "| --- | --- | --- | --- |"
    missing = [one for one in register.requirements if one.status == OPEN]
    for one in sorted(missing, key=lambda one: (one.level, one.place)):
        yield f"| {one.id} | {one.level} | {one.asks} | {one.reason} |"


def _chapters(register: Register) -> Iterator[str]:
    for number, title in enumerate(CHAPTERS, 1):
        yield from ("", f"## {number}. {title}", "", "| id | level | asks | status | by |")
        yield "| --- | --- | --- | --- | --- |"
        for one in register.requirements:
            if one.place[0] == number:
                shown = STATUSES[one.status]
                yield f"| {one.id} | {one.level} | {one.asks} | {shown} | {_by(one)} |"


def _by(one: Requirement) -> str:
    reason = "see above" if one.status == OPEN else one.reason.rstrip(".")
    shown = (test.replace("::", " ") for test in one.tests)
    links = (f"[{it}](../../{it.partition(' ')[0]})" for it in (*shown, *one.files))
    return "; ".join([*([reason] if reason else []), *links])


if __name__ == "__main__":
    print(page(Register.read()))  # noqa: T201
