"""Postcodes: those of the United Kingdom exactly, all others loosely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.contacts import BadCountry, BadPostcode, Contact
from domain.bookings.postcodes import postcode


def living_in(postcode: str, country: str | None = "GB") -> Contact:
    return Contact(
        name="Ada Lovelace", email="ada@example.com", postcode=postcode, country=country
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sw1a1aa", "SW1A 1AA"),
        (" SW1A  1AA ", "SW1A 1AA"),
        ("m1 1ae", "M1 1AE"),
        ("B338TH", "B33 8TH"),
        ("cr2 6xh", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        ("w1a0ax", "W1A 0AX"),
        ("ec1a 1bb", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
        ("G I R 0 A A", "GIR 0AA"),
    ],
)
def test_british_postcodes_are_kept_as_they_are_written_on_letters(typed: str, kept: str) -> None:
    assert living_in(typed).postcode == kept
    assert living_in(typed, None).postcode == kept


@pytest.mark.parametrize(
    "typed",
    ["", "SW1A", "SW1A 1A", "SW1A 1AAA", "1SW 1AA", "SW1A 1CA", "AZ1 1AA", "12345", "SW1A-1AA"],
)
def test_what_is_no_british_postcode_is_refused_there(typed: str) -> None:
    with pytest.raises(BadPostcode, match="SW1A 1AA") as refused:
        living_in(typed)

    assert refused.value.field == "contact/postcode"


@pytest.mark.parametrize("country", ["GG", "je", " im "])
def test_the_islands_have_british_postcodes(country: str) -> None:
    assert living_in("gy11aa", country).postcode == "GY1 1AA"
    with pytest.raises(BadPostcode):
        living_in("12345", country)


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("1100-148", "PT", "1100-148"),
        ("75008", "FR", "75008"),
        ("1234  ab", "NL", "1234 AB"),
        ("d02 af30", "IE", "D02 AF30"),
        ("k1a 0b1", "CA", "K1A 0B1"),
        ("94103-1234", None, "94103-1234"),
    ],
)
def test_other_postcodes_are_taken_loosely(typed: str, country: str | None, kept: str) -> None:
    assert living_in(typed, country).postcode == kept


@pytest.mark.parametrize("typed", ["-", "Berlin", "1", "1" * 13, "10<b>", "１２３４５", "١٢٣٤٥"])
def test_what_is_nowhere_a_postcode_is_refused(typed: str) -> None:
    with pytest.raises(BadPostcode):
        living_in(typed, "DE")


@pytest.mark.parametrize("country", ["", "G", "GBR", "44", "ＧＢ"])
def test_countries_have_two_letters(country: str) -> None:
    with pytest.raises(BadCountry, match="ISO 3166") as refused:
        living_in("75008", country)

    assert refused.value.field == "contact/country"


@given(st.text(max_size=12))
def test_writing_it_twice_changes_nothing(text: str) -> None:
    assert postcode(postcode(text)) == postcode(text)
