"""The page about routes is what the program prints."""

from entrypoints.cli.routes import page
from tests.docs.documents import ROOT


def test_the_page_is_what_the_command_prints() -> None:
    assert (ROOT / "docs/routes.md").read_text() == "\n".join(page()) + "\n", "run `make docs`"
