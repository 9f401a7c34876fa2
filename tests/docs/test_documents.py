"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

from entrypoints.cli.main import COMMANDS
from tests.docs.documents import ROOT, commands, documents, links, name, places

# The files of a kind of booking that a guide adds as an example.
NOT_YET_THERE = {
    "domain/bookings/bike.py",
    "entrypoints/http/kinds/bike.py",
    "tests/unit/test_bike.py",
}

MAKE = re.compile(r"(?:^|\s)make ([a-z-]+)")
FRONTDESK = re.compile(r"\.venv/bin/frontdesk ([a-z-]+)")

each_document = pytest.mark.parametrize("document", documents(), ids=name)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def said(document: Path) -> str:
    return "\n".join(commands(document))


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    assert [link for link in links(document) if not (document.parent / link).exists()] == []


@each_document
def test_files_that_are_mentioned_exist(document: Path) -> None:
    missing = {place for place in places(document) if not (ROOT / place).exists()}

    assert missing <= NOT_YET_THERE


@each_document
def test_commands_name_targets_that_exist(document: Path) -> None:
    assert set(MAKE.findall(said(document))) <= targets()


@each_document
def test_commands_name_commands_that_exist(document: Path) -> None:
    assert set(FRONTDESK.findall(said(document))) <= COMMANDS.keys()


def test_the_readme_says_how_to_run_and_how_to_test() -> None:
    assert {"run", "test"} <= set(MAKE.findall(said(ROOT / "README.md")))


def test_the_documents_are_found() -> None:
    """Against a moved folder, which would leave the others with nothing to say."""
    mentioned = {name(document) for document in documents() if links(document)}

    assert {"README.md", "docs/architecture.md", "docs/operations.md"} <= mentioned
    assert places(ROOT / "docs/architecture.md")


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop().resolve()
        if document.suffix != ".md" or document in reached:
            continue
        reached.add(document)
        waiting += [document.parent / link for link in links(document)]

    assert {document.resolve() for document in documents()} <= reached
