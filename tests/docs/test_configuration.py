"""The page about the options is what the program prints."""

from tests.cli.warm import warm
from tests.docs.documents import ROOT


def test_the_page_is_what_the_command_prints() -> None:
    printed = warm().run(["configuration"], {}, "").stdout

    assert (ROOT / "docs/configuration.md").read_text() == printed, "run `make docs`"
