"""Whatever is installed is named, comes from PyPI, and is what it was when it was chosen."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
REGISTRY = {"registry": "https://pypi.org/simple"}
FILES = "https://files.pythonhosted.org/packages/"

GOOD = {
    "name": "thing",
    "source": REGISTRY,
    "wheels": [{"url": f"{FILES}thing.whl", "hash": "sha256:" + "0" * 64}],
}


def strangers(lock: Mapping[str, Any]) -> Iterator[str]:
    for package in lock["package"]:
        if package["source"] == {"editable": "."}:
            continue
        files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
        if package["source"] != REGISTRY or not files or not all(map(_is_known, files)):
            yield package["name"]


def _is_known(file: Mapping[str, str]) -> bool:
    return file["url"].startswith(FILES) and file.get("hash", "").startswith("sha256:")


def test_everything_comes_from_one_place_with_its_hash() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text())

    assert len(lock["package"]) > 50
    assert list(strangers(lock)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": {"registry": "https://example.com/simple"}},
        {"source": {"git": "https://example.com/thing"}},
        {"wheels": []},
        {"wheels": [{"url": f"{FILES}thing.whl"}]},
        {"wheels": [{"url": "https://example.com/thing.whl", "hash": "sha256:0"}]},
        {"sdist": {"url": f"{FILES}thing.tar.gz", "hash": "md5:0"}},
    ],
)
def test_strangers_are_found(wrong: dict[str, Any]) -> None:
    assert list(strangers({"package": [GOOD]})) == []
    assert list(strangers({"package": [{**GOOD, **wrong}]})) == ["thing"]
