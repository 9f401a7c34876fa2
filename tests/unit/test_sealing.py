"""Keys with ids, what they seal, and what people are found by."""

from uuid import UUID

import pytest

from adapters.sealing.keys import BadKeys, CannotOpen, Key, KeyRing, NoSuchKey
from adapters.sealing.vault import PersonalKeys, Vault
from entrypoints.wiring.ambient import random_bytes

ONE, OTHER = UUID(int=1), UUID(int=2)
RING = KeyRing((Key("2", b"b" * 32), Key("1", b"a" * 32)))


def test_what_is_sealed_is_known() -> None:
    """AES-256-GCM, so that another program can open it."""
    sealed = RING.seal(b"Ada", b"place", lambda number: b"n" * number)

    assert sealed == "v1.2.bm5ubm5ubm5ubm5u.8bJe8wv8KErF1PPsnAtk0ozYKg"
    assert RING.open(sealed, b"place") == b"Ada"


def test_a_nonce_is_never_used_twice() -> None:
    assert len({RING.seal(b"Ada", b"place", random_bytes) for _ in range(100)}) == 100


def test_every_key_opens_and_the_first_seals() -> None:
    old = KeyRing((Key("1", b"a" * 32),)).seal(b"Ada", b"place", random_bytes)

    assert RING.open(old, b"place") == b"Ada"
    with pytest.raises(NoSuchKey, match="key 1"):
        RING.only().open(old, b"place")


def test_elsewhere_it_does_not_open() -> None:
    sealed = RING.seal(b"Ada", b"place", random_bytes)

    with pytest.raises(CannotOpen):
        RING.open(sealed, b"another")
    with pytest.raises(CannotOpen):
        RING.open(sealed.replace("v1.2.", "v1.1."), b"place")


@pytest.mark.parametrize("text", ["", "1:abc", "UPPER:" + "A" * 43 + "=", "zzz", "q w"])
def test_bad_keys_are_not_quoted(text: str) -> None:
    with pytest.raises(BadKeys) as refused:
        KeyRing.read(text)

    assert not text or text not in str(refused.value)


def test_keys_are_written_as_they_are_read() -> None:
    keys = PersonalKeys.new(random_bytes)

    assert PersonalKeys.read(keys.text) == keys
    assert PersonalKeys.read(keys.renewed(random_bytes).text).ring.current.id == "2"
    assert "A" not in repr(RING.keys)
    with pytest.raises(BadKeys, match="called index"):
        PersonalKeys.read(RING.text)


def test_people_are_found_without_saying_who_they_are() -> None:
    keys = PersonalKeys.new(random_bytes)
    later = keys.renewed(random_bytes)
    before, after = Vault(lambda: keys, random_bytes), Vault(lambda: later, random_bytes)

    found = before.index(ONE, "ada@example.com")
    assert "ada" not in found
    assert found == after.index(ONE, "ada@example.com")
    assert found != before.index(OTHER, "ada@example.com")
    assert found != before.index(ONE, "bert@example.com")


def test_without_keys_everything_is_as_it_is() -> None:
    vault = Vault(lambda: None, random_bytes)

    assert vault.indexes(ONE, "ada@example.com") == ["ada@example.com"]
    with pytest.raises(BadKeys, match="FRONTDESK_PERSONAL_KEYS"):
        vault.new_data_key(b"place")
