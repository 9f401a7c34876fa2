"""Whom to write to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.contacts import BadEmail, BadName, Contact
from tests.samples import ADA


def named(name: str) -> Contact:
    return Contact(name=name, email="ada@example.com")


def at(email: str) -> Contact:
    return Contact(name="Ada Lovelace", email=email)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Bo", "Bo"),
        ("B" * 100, "B" * 100),
        (" " + "B" * 100 + " ", "B" * 100),
        ("Zoë Nuñez-O'Hara", "Zoë Nuñez-O'Hara"),
        ("李 小龍", "李 小龍"),
    ],
)
def test_names_are_kept_trimmed(typed: str, kept: str) -> None:
    assert named(typed).name == kept


@pytest.mark.parametrize(
    "name", ["", " ", "A", " A ", "B" * 101, "Ada\0", "Ada\x1b[31m", "A\u202eb"]
)
def test_names_are_printable_and_of_some_length(name: str) -> None:
    with pytest.raises(BadName, match="2 to 100") as refused:
        named(name)

    assert refused.value.field == "contact/name"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada@Example.COM ", "ada@example.com"),
        ("a+b.c_d@sub.example.co.uk", "a+b.c_d@sub.example.co.uk"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("zoë@exämple.de", "zoë@exämple.de"),
        ("a" * 242 + "@example.com", "a" * 242 + "@example.com"),
    ],
)
def test_addresses_are_kept_as_they_are_compared(typed: str, kept: str) -> None:
    assert at(typed).email == kept


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@example.",
        "ada@.com",
        "ada@example..com",
        "ada@@example.com",
        "ada@example@com.org",
        "ada lovelace@example.com",
        "ada@example.com,bert@example.com",
        "ada@example.com\nbcc: bert@example.com",
        "Ada <ada@example.com>",
        "ada\0@example.com",
        "a" * 243 + "@example.com",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(BadEmail, match=r"name@example\.com") as refused:
        at(email)

    assert refused.value.field == "contact/email"


@given(st.text(max_size=300))
def test_an_address_is_one_line_with_one_recipient(text: str) -> None:
    try:
        email = at(text).email
    except BadEmail:
        return
    assert email.count("@") == 1
    assert not set(email) & set(" \t\r\n,;<>")
    assert len(email) <= 254


def test_personal_data_stays_out_of_logs() -> None:
    assert "Ada" not in repr(ADA)
    assert "ada" not in repr(ADA)
