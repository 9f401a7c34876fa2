"""Passwords: long ones of any kind pass, and what everybody tries first does not."""

import re
from unicodedata import normalize

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.passwords.argon2id import NOBODYS, THREADS, Argon2id
from adapters.passwords.blocklist import common_passwords, is_common
from domain.identity.passwords import (
    LONGEST,
    SHORTEST_WITH_SECOND_FACTOR,
    PasswordRules,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)
from domain.kernel.refusals import Invalid

RULES = PasswordRules(is_common=is_common)
WORDS = ("Harbour House", "Harbour", "House", "ada.lovelace")


@pytest.mark.parametrize(
    "password",
    [
        "a rather long walk",
        "4829 3018 5620 5817",
        "$#a8!77$-01=*^0%",
        "superman83920571650284917",
        "пароль из нескольких слов",
        "🦊 jumps over 🐶 twice",
        "x" + "0aB9" * 3 + "kq!vz" * 3,
        "the harbour house has 7 green doors",
        "frontdesk under the old pear tree",
    ],
)
def test_long_ones_pass_whatever_they_are_made_of(password: str) -> None:
    RULES.must_be_good(password, words=WORDS)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("", PasswordTooShort),
        ("x" * 14, PasswordTooShort),
        ("correct horse!", PasswordTooShort),
        ("x" * 129, PasswordTooLong),
        ("123456789012345", PasswordTooCommon),
        ("passwordpassword", PasswordTooCommon),
        ("Password1234567!", PasswordTooCommon),
        ("2026SUPERMAN2026", PasswordTooCommon),
        ("qwertyuiopasdfghjkl", PasswordTooCommon),
        ("lkjhgfdsapoiuytrewq", PasswordTooCommon),
        ("1qaz2wsx3edc4rfv", PasswordTooCommon),
        ("abcdefghijklmnop", PasswordTooCommon),
        ("zzzzzzzzzzzzzzzz", PasswordTooCommon),
        ("abcabcabcabcabcabc", PasswordTooCommon),
        ("q1w2e3r4t5y6u7i8o9p0", PasswordTooCommon),
        ("Harbour House 2026", PasswordTooCommon),
        ("ada.lovelace1815", PasswordTooCommon),
        ("frontdeskfrontdesk", PasswordTooCommon),
        ("frontdesk harbour 1", PasswordTooCommon),
    ],
)
def test_what_anybody_would_try_is_refused(password: str, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal) as refused:
        RULES.must_be_good(password, words=WORDS)
    assert refused.value.field == "password"
    assert len(password) < 3 or password not in str(refused.value)


def test_none_of_the_list_passes_even_with_a_second_factor() -> None:
    for password in common_passwords():
        with pytest.raises(PasswordTooCommon):
            RULES.must_be_good(password, words=(), shortest=SHORTEST_WITH_SECOND_FACTOR)


def test_the_list_is_as_long_as_it_should_be() -> None:
    assert len(common_passwords()) >= 3000
    assert min(map(len, common_passwords())) >= SHORTEST_WITH_SECOND_FACTOR
    assert all(password == password.casefold() for password in common_passwords())


@given(st.text(max_size=200))
def test_every_text_is_judged(text: str) -> None:
    try:
        RULES.must_be_good(text, words=WORDS)
    except Invalid:
        return
    assert 15 <= len(normalize("NFC", text)) <= LONGEST


def test_what_cannot_be_long_enough_by_composition_is_refused() -> None:
    decomposed = "e\u0301" * 8  # sixteen code points, eight characters

    with pytest.raises(PasswordTooShort):
        RULES.must_be_good(decomposed, words=())


@pytest.mark.anyio
async def test_hashes_are_argon2id_with_the_least_parameters() -> None:
    hasher = Argon2id()
    hashed = await hasher.hash("a rather long walk")

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashed != await hasher.hash("a rather long walk")
    assert await hasher.matches("a rather long walk", hashed)
    assert not await hasher.matches("a rather long walk ", hashed)
    assert not await hasher.matches("a rather long walk", "nonsense")
    assert not hasher.is_outdated(hashed)
    assert hasher.is_outdated(hashed.replace("t=2", "t=1"))


@pytest.mark.anyio
async def test_nobody_is_looked_for_as_slowly_as_somebody() -> None:
    hasher = Argon2id()

    assert not hasher.is_outdated(NOBODYS)  # the very same work
    assert not await hasher.matches("", None)
    assert re.fullmatch(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}", NOBODYS)


@pytest.mark.anyio
async def test_a_crowd_keeps_nobody_else_waiting() -> None:
    hasher = Argon2id()
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await anyio.sleep(0.005)
            ticks += 1

    async with anyio.create_task_group() as crowd:
        crowd.start_soon(tick)
        async with anyio.create_task_group() as hashing:
            for _ in range(6):
                hashing.start_soon(hasher.hash, "a rather long walk")
        crowd.cancel_scope.cancel()

    assert ticks > 3
    assert len(hasher.threads._threads) <= THREADS  # noqa: SLF001  (how many there really are)
