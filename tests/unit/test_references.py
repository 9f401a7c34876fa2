"""Booking references survive being read out, written down and typed in."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bookings.references import (
    ALPHABET,
    BASE,
    DIGITS,
    MODULUS,
    NUMBERS,
    BadReference,
    Reference,
)

PREFIX = "FD"
USABLE = st.integers(0, NUMBERS - 1).filter(lambda number: number % MODULUS < BASE)
PLACES = st.integers(0, DIGITS)


def drawn(number: int) -> Reference:
    return Reference.draw(PREFIX, lambda _: number)


def with_symbols(symbols: str) -> str:
    return PREFIX + symbols


def is_read(text: str) -> bool:
    try:
        Reference.read(text, prefix=PREFIX)
    except BadReference:
        return False
    return True


def numbers(*drawn: int) -> Callable[[int], int]:
    left = list(drawn)

    def chance(below: int) -> int:
        assert below == 32**7
        return left.pop(0)

    return chance


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "FD00000000"),
        (1, "FD00000011"),
        (37, "FD00000150"),
        (31, "FD000000ZZ"),
        (32**7 - 2, "FDZZZZZZYH"),
    ],
)
def test_references_are_numbers_with_a_check_symbol(number: int, text: str) -> None:
    assert str(drawn(number)) == drawn(number).text == text


@pytest.mark.parametrize("residue", [32, 33, 34, 35, 36])
def test_numbers_whose_check_symbol_does_not_travel_are_drawn_again(residue: int) -> None:
    again = Reference.draw(PREFIX, numbers(residue, residue + MODULUS, 1))

    assert again == drawn(1)


@given(USABLE)
def test_what_is_drawn_can_be_read(number: int) -> None:
    reference = drawn(number)

    assert Reference.read(reference.text, prefix=PREFIX) == reference
    assert len(reference.text) == len(PREFIX) + 8
    assert set(reference.text.removeprefix(PREFIX)) <= set(ALPHABET)


@given(USABLE, st.data())
def test_however_it_is_typed(number: int, data: st.DataObject) -> None:
    reference = drawn(number)
    looks = {"0": "0Oo", "1": "1IiLl"}
    typed = PREFIX.lower() + "".join(
        data.draw(st.sampled_from(looks.get(symbol, symbol + symbol.lower())))
        + data.draw(st.sampled_from(["", " ", "-", " - "]))
        for symbol in reference.text.removeprefix(PREFIX)
    )

    assert Reference.read(f" {typed} ", prefix=PREFIX) == reference


@given(USABLE, PLACES, st.sampled_from(ALPHABET))
def test_every_wrong_symbol_is_noticed(number: int, place: int, wrong: str) -> None:
    symbols = drawn(number).text.removeprefix(PREFIX)
    slipped = symbols[:place] + wrong + symbols[place + 1 :]

    assert is_read(with_symbols(slipped)) is (slipped == symbols)


@given(USABLE, st.integers(0, DIGITS - 1))
def test_every_swap_of_neighbours_is_noticed(number: int, place: int) -> None:
    symbols = drawn(number).text.removeprefix(PREFIX)
    one, other = symbols[place], symbols[place + 1]
    swapped = symbols[:place] + other + one + symbols[place + 2 :]

    assert is_read(with_symbols(swapped)) is (one == other)


@pytest.mark.parametrize("number", [1, 31, 12345, 32**6 + 5, 32**7 - 2])
def test_no_slip_of_the_tongue_makes_another_reference(number: int) -> None:
    """All of them, for some references: what 37 promises because it is a prime beyond 32."""
    symbols = drawn(number).text.removeprefix(PREFIX)
    slips = {
        symbols[:place] + wrong + symbols[place + 1 :]
        for place in range(8)
        for wrong in ALPHABET + "U*~$="
    } | {
        symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
        for place in range(7)
    }

    assert len(slips) > 200
    assert [slip for slip in slips if is_read(with_symbols(slip))] == [symbols]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FD",
        "00000011",
        "FX00000011",
        "FD0000011",
        "FD000000110",
        "FD0000001U",
        "FD0000001*",
        "FD0000001é",
        "FD" + "\N{ARABIC-INDIC DIGIT ZERO}" * 8,
        # 32 modulo 37 would need a symbol that is not used.
        "FD00000100",
        "FD0000010*",
        "FD0000010Z",
    ],
)
def test_anything_else_is_no_reference(text: str) -> None:
    with pytest.raises(BadReference, match="wrong or missing") as refused:
        Reference.read(text, prefix=PREFIX)

    assert refused.value.field == "reference"


def test_every_house_has_its_own_prefix() -> None:
    assert Reference.read("inn 0000 0011", prefix="INN").text == "INN00000011"
    with pytest.raises(BadReference):
        Reference.read("INN00000011", prefix=PREFIX)
