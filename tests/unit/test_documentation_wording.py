"""Words looked for in the place of mistyped ones are told as they are written."""

import pytest

from domain.documentation.pages import Section
from domain.documentation.wording import as_written

SECTIONS = (
    Section(
        anchor="",
        path=("Translations",),
        text="Translate it. Translated text is translated again by translating it: translated.",
        symbols=("gettext.TextWrapper",),
    ),
    Section(anchor="", path=("Tasks",), text="asyncio.TaskGroup holds a task."),
)


@pytest.mark.parametrize(
    ("typed", "instead", "written"),
    [
        ("translatted", {"translatt": "translat"}, ["translated"]),
        ("translatng", {"translatng": "translat"}, ["translating"]),
        ("trranslat", {"trranslat": "translat"}, ["translated"]),
        ("tsak", {"tsak": "task"}, ["task"]),
        ("taskgruop", {"taskgruop": "taskgroup"}, ["TaskGroup"]),
        ("textwraper", {"textwraper": "textwrapper"}, ["TextWrapper"]),
        ("a tsak transalted", {"tsak": "task", "transalt": "translat"}, ["task", "translated"]),
        ("zebar", {"zebar": "zebra"}, []),
        ("task", {}, []),
    ],
)
def test_they_are_whole_and_nearest_to_what_was_typed(
    typed: str, instead: dict[str, str], written: list[str]
) -> None:
    assert as_written(instead, typed, SECTIONS) == written
