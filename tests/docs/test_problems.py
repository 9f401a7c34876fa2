"""The page about problems is what the program prints."""

from domain.kernel.refusals import Category
from entrypoints.http.resolutions import RESOLUTIONS
from tests.cli.warm import warm
from tests.docs.documents import ROOT


def test_the_page_is_what_the_command_prints() -> None:
    printed = warm().run(["problems"], {}, "").stdout

    assert (ROOT / "docs/problems.md").read_text() == printed, "run `make docs`"


def test_there_is_something_to_do_about_every_category() -> None:
    assert list(RESOLUTIONS) == list(Category)
