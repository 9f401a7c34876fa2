"""The documents as a site: every page is in it, and all links and anchors lead somewhere."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.docs.documents import ROOT, documents
from tests.docs.site import lay_out

SITE = ROOT / ".ci/site"
ELSEWHERE = ("decisions/0", "runbooks/")  # reached from the pages that list them


def staged(folder: Path) -> Path:
    lay_out(folder / "documents")
    (folder / "zensical.toml").write_bytes((SITE / "zensical.toml").read_bytes())
    return folder / "documents"


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the program that comes with the environment
        [Path(sys.executable).parent / "zensical", "build", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def in_the_menu() -> set[str]:
    def pages(entry: Any) -> Iterator[str]:
        if isinstance(entry, str):
            yield entry
            return
        for below in entry.values() if isinstance(entry, dict) else entry:
            yield from pages(below)

    return set(pages(tomllib.loads((SITE / "zensical.toml").read_text())["project"]["nav"]))


def test_every_link_and_anchor_of_the_site_leads_somewhere(tmp_path: Path) -> None:
    pages = staged(tmp_path)

    site = built(tmp_path)

    assert site.returncode == 0, site.stdout
    assert len(list((tmp_path / "site").rglob("*.html"))) > len(documents())  # and a page for 404
    assert "domain/bookings/booking.py" in (pages / "source/domain/files.txt").read_text()


def test_nothing_is_built_where_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/index.md").write_text("[nobody](nobody.md)")
    (tmp_path / "zensical.toml").write_text('[project]\nsite_name="x"\ndocs_dir="documents"\n')

    assert built(tmp_path).returncode != 0


def test_every_page_is_in_the_menu(tmp_path: Path) -> None:
    pages = staged(tmp_path)
    there = {str(page.relative_to(pages)) for page in pages.rglob("*.md")}
    listed = {page for page in there if page.startswith(ELSEWHERE)} - in_the_menu()

    assert there - listed == in_the_menu()
