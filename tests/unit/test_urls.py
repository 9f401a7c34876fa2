"""Addresses that mean the same page are written alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.documentation.scope import Scope
from domain.documentation.urls import LONGEST_URL, host_of, normal_form, origin_of

PAGE = "https://docs.example/a/b/page.html"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTP://Docs.Example:80/A", "http://docs.example/A"),
        ("https://docs.example:443", "https://docs.example/"),
        ("https://docs.example:8443/", "https://docs.example:8443/"),
        ("https://docs.example./a", "https://docs.example/a"),
        ("https://docs.example/a#part", "https://docs.example/a"),
        ("https://docs.example/a?", "https://docs.example/a"),
        ("https://docs.example/a?b=1&a=2", "https://docs.example/a?b=1&a=2"),
        ("https://docs.example/%7ejoe/%e9", "https://docs.example/~joe/%E9"),
        ("https://docs.example/é ü", "https://docs.example/%C3%A9%20%C3%BC"),
        ("https://docs.example/100%", "https://docs.example/100%25"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://docs.example/a/./b/../c", "https://docs.example/a/c"),
        ("https://docs.example/../../a", "https://docs.example/a"),
        ("https://docs.example/a/..", "https://docs.example/"),
        ("http://[::1]:80/", "http://[::1]/"),
        (" https://docs.example/a\n", "https://docs.example/a"),
    ],
)
def test_normal_forms(written: str, normal: str) -> None:
    assert normal_form(written) == normal
    assert normal_form(normal) == normal


@pytest.mark.parametrize(
    ("link", "normal"),
    [
        ("../c.html", "https://docs.example/a/c.html"),
        ("#part", PAGE),
        ("", PAGE),
        ("/d", "https://docs.example/d"),
        ("//other.example/e", "https://other.example/e"),
        ("?q=1", f"{PAGE}?q=1"),
    ],
)
def test_links_on_a_page(link: str, normal: str) -> None:
    assert normal_form(link, on=PAGE) == normal


@pytest.mark.parametrize(
    "written",
    [
        "",
        "docs.example",
        "file:///usr/share/doc/page.html",
        "mailto:someone@docs.example",
        "javascript:alert(1)",
        "https://",
        "https://user@docs.example/",
        "https://docs.example:99999/",
        "https://docs example/",
        "https://[::1/",
        f"https://docs.example/{'a' * LONGEST_URL}",
        f"https://{'a' * 64}.example/",
    ],
)
def test_what_is_no_page_has_no_form(written: str) -> None:
    assert normal_form(written) is None


@given(some.text())
def test_whatever_is_written_a_form_is_its_own_form(written: str) -> None:
    normal = normal_form(f"https://docs.example/{written}")

    assert normal is None or normal_form(normal) == normal


def test_whom_to_be_polite_to() -> None:
    assert host_of("https://docs.example:8443/a") == "docs.example:8443"
    assert origin_of("https://docs.example:8443/a") == "https://docs.example:8443"


SCOPE = Scope(within=("https://docs.example/v2/",), without=("*/archive/*", "*.txt"))


@pytest.mark.parametrize("path", ["", "api/index.html", "log-index.html", "v1.2/", "search.html"])
def test_pages_of_a_site(path: str) -> None:
    assert SCOPE.holds(f"https://docs.example/v2/{path}")


@pytest.mark.parametrize(
    "url",
    [
        "https://docs.example/v1/",
        "https://other.example/v2/",
        "http://docs.example/v2/",
        "https://docs.example/v2/picture.PNG",
        "https://docs.example/v2/login",
        "https://docs.example/v2/sign-up/now",
        "https://docs.example/v2/archive/page.html",
        "https://docs.example/v2/notes.txt",
    ],
)
def test_what_belongs_elsewhere(url: str) -> None:
    assert not SCOPE.holds(url)


@pytest.mark.parametrize(
    ("like", "path"), [("/a/*/z", "/a/b/c/z"), ("/a", "/a"), ("*b*b*", "/abcb"), ("/a*a", "/aa")]
)
def test_stars_stand_for_anything(like: str, path: str) -> None:
    assert not _without(like).holds(f"https://docs.example{path}")


@pytest.mark.parametrize(
    ("like", "path"),
    [
        ("/a/*/z", "/a/z"),
        ("/a*a", "/a"),
        ("/a", "/ab"),
        ("*b*b*", "/ab"),
        ("/a.c", "/abc"),
        ("*a" * 100 + "b", "/" + "a" * 1900),  # backtracking would go on for ever
    ],
)
def test_and_what_stands_beside_them_for_itself(like: str, path: str) -> None:
    assert _without(like).holds(f"https://docs.example{path}")


def _without(like: str) -> Scope:
    return Scope(within=("https://docs.example/",), without=(like,))


def test_a_host_that_begins_alike_is_another() -> None:
    whole = Scope(within=("https://docs.example",))

    assert whole.holds("https://docs.example/page")
    assert not whole.holds("https://docs.example.attacker.example/page")
