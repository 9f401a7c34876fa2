"""The page about figures is what the program prints."""

from entrypoints.cli.metrics import page
from tests.docs.documents import ROOT


def test_the_page_is_what_the_command_prints() -> None:
    assert (ROOT / "docs/metrics.md").read_text() == page() + "\n", "run `make docs`"
