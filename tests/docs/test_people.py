"""The guide of people says what the roles may do."""

from entrypoints.cli.members import table
from tests.docs.documents import ROOT


def test_the_roles_are_those_of_the_program() -> None:
    assert table() in (ROOT / "docs/guides/people-and-access.md").read_text()
