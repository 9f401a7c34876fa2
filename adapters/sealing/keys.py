"""Keys by id, and what is sealed with them: AES-256-GCM, as `v1.<key id>.<nonce>.<ciphertext>`.

What is sealed says which key opens it, so a new key takes over while the old ones still open what
they sealed. The context is authenticated and not stored: what was sealed for one place opens in
no other.
"""

import re
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Mapping

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[a-z0-9-]{1,32}")

RandomBytes = Callable[[int], bytes]


class BadKeys(Exception):
    """Says what is wrong with them, never what they are."""


class CannotOpen(Exception):
    """It was changed, belongs elsewhere, or its key is not here."""


class NoSuchKey(CannotOpen):
    def __init__(self, key_id: str) -> None:
        super().__init__(f"the key {key_id} is not here")
        self.key_id = key_id


@attrs.frozen
class Key:
    id: str
    bytes: bytes = attrs.field(repr=False)

    @property
    def text(self) -> str:
        return f"{self.id}:{urlsafe_b64encode(self.bytes).decode()}"


@attrs.frozen
class KeyRing:
    """New things are sealed with the first key; every key opens."""

    keys: tuple[Key, ...]
    _by_id: Mapping[str, AESGCM] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_id = {key.id: AESGCM(key.bytes) for key in self.keys}
        if not by_id or len(by_id) != len(self.keys):
            raise BadKeys("must be one key or more, each with an id of its own")
        object.__setattr__(self, "_by_id", by_id)

    @classmethod
    def read(cls, text: str) -> "KeyRing":
        """Keys as `id:base64`, the current one first, with blanks, commas or lines between."""
        return cls(tuple(_key(word) for word in re.split(r"[\s,]+", text.strip()) if word))

    @property
    def text(self) -> str:
        return "".join(f"{key.text}\n" for key in self.keys)

    @property
    def current(self) -> Key:
        return self.keys[0]

    def with_new(self, key: Key) -> "KeyRing":
        return KeyRing((key, *self.keys))

    def only(self) -> "KeyRing":
        """Without the keys that nothing new is sealed with."""
        return KeyRing((self.current,))

    def seal(self, plain: bytes, context: bytes, random_bytes: RandomBytes) -> str:
        nonce = random_bytes(NONCE_BYTES)
        key_id = self.current.id
        sealed = self._by_id[key_id].encrypt(nonce, plain, _bound(key_id, context))
        return f"{VERSION}.{key_id}.{_text(nonce)}.{_text(sealed)}"

    def open(self, sealed: str, context: bytes) -> bytes:
        """Raises CannotOpen."""
        key_id, nonce, ciphertext = _parts(sealed)
        if key_id not in self._by_id:
            raise NoSuchKey(key_id)
        try:
            return self._by_id[key_id].decrypt(nonce, ciphertext, _bound(key_id, context))
        except InvalidTag:
            raise CannotOpen("it was changed, or was sealed for another place") from None


def key_id_of(sealed: str) -> str:
    return _parts(sealed)[0]


def _parts(sealed: str) -> tuple[str, bytes, bytes]:
    try:
        version, key_id, written_nonce, written_ciphertext = sealed.split(".")
        nonce, ciphertext = _bytes(written_nonce), _bytes(written_ciphertext)
    except (ValueError, Error):
        raise CannotOpen("it was not sealed at all") from None
    if version != VERSION or len(nonce) != NONCE_BYTES:
        raise CannotOpen("it was sealed by another release")
    return key_id, nonce, ciphertext


def _key(word: str) -> Key:
    id, _, written = word.partition(":")
    try:
        key = b64decode(written.replace("-", "+").replace("_", "/"), validate=True)
    except (ValueError, Error):
        key = b""
    if not KEY_ID.fullmatch(id) or len(key) != KEY_BYTES:
        raise BadKeys(f"must be keys such as 2026-1:… with {KEY_BYTES} bytes in base64")
    return Key(id, key)


def _bound(key_id: str, context: bytes) -> bytes:
    return f"{VERSION}.{key_id}.".encode() + context


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
