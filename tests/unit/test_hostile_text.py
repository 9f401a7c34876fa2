"""What strangers write takes as long as it is long, whatever it is."""

import time

import pytest

from adapters.extraction import structured
from adapters.extraction.factory import EXTRACTORS
from adapters.extraction.structured import DEEPEST, read_structured
from application.documentation.ports import Unreadable
from domain.documentation.kinds import SiteKind

SHORT, LONG = 5_000, 80_000
LONGER_AT_MOST = 4 * LONG // SHORT

HOSTILE = (
    "# a{spaces}b",
    "# {hashes} a",
    "# a {hashes}b",
    "# {brackets}",
    "# {links}",
    "# a{spaces}{{#b",
    "# {names}",
    "{brackets}",
    "{links}",
    "{fences}",
    "---\n{lines}",
)


def markdown(like: str, length: int) -> bytes:
    return like.format(
        spaces=" " * length,
        hashes="#" * length,
        brackets="[" * length,
        links="[a](" * (length // 4),
        names="{#a" * (length // 3),
        fences="```\n" * (length // 4),
        lines="---x\n" * (length // 5),
    ).encode()


def seconds(body: bytes) -> float:
    """The best of two of the processor: others are at work as well."""
    took = list[float]()
    for _ in range(2):
        began = time.thread_time()
        EXTRACTORS[SiteKind.MARKDOWN](body, url="https://a.example/b", content_type="")
        took.append(time.thread_time() - began)
    return min(took)


@pytest.mark.parametrize("like", HOSTILE)
def test_markdown_takes_as_long_as_it_is_long(like: str) -> None:
    short = max(seconds(markdown(like, SHORT)), 0.001)

    assert seconds(markdown(like, LONG)) < LONGER_AT_MOST * short


@pytest.mark.parametrize(
    "body",
    [
        b"a: &a [x]\nb: [*a, *a]",
        b"{a: " * (DEEPEST + 1) + b"}" * (DEEPEST + 1),
        b"[" * 200_000,
        b"{a: " * 200_000,
        b"- " * 50_000 + b"x",
        b"!!python/object/apply:os.system ['false']",
        b"? [a]\n: b",
        b"\xff\xfe\x00",
        b"a: b: c",
    ],
    ids=[
        "alias",
        "deep",
        "sequences",
        "mappings",
        "items",
        "tag",
        "key",
        "bytes",
        "no yaml",
    ],
)
def test_yaml_is_looked_through_before_it_is_believed(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_structured(body)


def test_yaml_is_looked_through_up_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structured, "MOST", 100)

    assert len(read_structured(b"- x\n" * 80)) == 80
    with pytest.raises(Unreadable):
        read_structured(b"- x\n" * 100)


def test_what_is_written_stays_as_it_is() -> None:
    body = b"version: 1.10\nat: 2027-03-01\n200: yes\nnothing:\n<<: {a: b}\n"

    assert read_structured(body) == {
        "version": "1.10",
        "at": "2027-03-01",
        "200": "yes",
        "nothing": "",
        "<<": {"a": "b"},
    }
