"""The register of OWASP's requirements claims only what is there."""

import tomllib
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from tests.docs.asvs import REGISTER, ROOT, Register, Requirement, faults, page

REGISTERED = Register.read()


def test_every_requirement_is_there_and_claims_what_is_so() -> None:
    assert list(faults(REGISTERED)) == []


def test_the_page_is_made_from_the_register() -> None:
    assert (ROOT / "docs/security/README.md").read_text() == page(REGISTERED) + "\n", (
        "run `make docs`"
    )


def test_the_page_counts_what_is_open() -> None:
    shown = page(REGISTERED)

    assert "| level | met | by whoever runs it | not applicable | open | in all |" in shown
    for id in REGISTERED.may_be_open:
        assert shown.count(f"| {id} |") == 2


def changed(status: str, /, **values: Any) -> Callable[[Register], Register]:
    """The first requirement of this status is otherwise."""

    def change(register: Register) -> Register:
        found = next(one for one in register.requirements if one.status == status)
        return replaced(register, found, attrs.evolve(found, **values))

    return change


def replaced(register: Register, old: Requirement, new: Requirement) -> Register:
    return attrs.evolve(
        register, requirements=[new if one is old else one for one in register.requirements]
    )


NOWHERE = "tests/docs/test_asvs.py::test_nothing"

WRONG: dict[str, tuple[Callable[[Register], Register], str]] = {
    "no such test": (changed("met", tests=[NOWHERE]), "does not exist"),
    "no such module": (changed("met", tests=["tests/no.py::test_it"]), "does not exist"),
    "no name of a test": (changed("met", tests=["tests/docs/test_asvs.py"]), "does not exist"),
    "nothing to show": (changed("met", tests=[], files=[]), "nothing shows"),
    "no such file": (changed("met", files=["docs/security/none.md"]), "does not exist"),
    "another level": (changed("met", level=3), "as many of each level"),
    "no status": (changed("met", status="fine"), "no status"),
    "open unsaid": (changed("met", status="open", reason="later"), "may_be_open"),
    "closed unsaid": (
        lambda it: attrs.evolve(it, may_be_open=[*it.may_be_open, "v5.0.0-99.9.9"]),
        "may_be_open",
    ),
    "told nowhere": (changed("deployer", files=[]), "no document"),
    "nothing to do": (changed("deployer", reason=""), "no reason"),
    "not applicable": (changed("not_applicable", reason=""), "no reason"),
    "nothing missing": (changed("open", reason=""), "no reason"),
    "another id": (changed("met", id="v5.0.0-99"), "ids are"),
    "one too few": (
        lambda it: attrs.evolve(it, requirements=it.requirements[1:]),
        "as many of each level",
    ),
}


@pytest.mark.parametrize(("change", "words"), WRONG.values(), ids=WRONG)
def test_what_is_not_so_is_found(change: Callable[[Register], Register], words: str) -> None:
    found = list(faults(change(REGISTERED)))

    assert any(words in fault for fault in found), found


def test_a_member_that_is_none_is_refused() -> None:
    tables = tomllib.loads(REGISTER.read_text())
    tables["v5.0.0-1.1.1"]["test"] = "tests/docs/test_asvs.py"

    with pytest.raises(TypeError):
        Register.of(tables)
