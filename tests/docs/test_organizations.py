"""The guide of organizations says what the program does."""

from entrypoints.cli.organizations import reference, table
from tests.docs.documents import ROOT


def test_the_limits_of_tiers_are_those_of_the_program() -> None:
    assert table() in (ROOT / "docs/guides/organizations.md").read_text()


def test_the_settings_are_those_of_the_program() -> None:
    assert reference() in (ROOT / "docs/guides/organizations.md").read_text()
