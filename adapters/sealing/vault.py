"""A key for everything somebody is known by, each of them wrapped by the keys of the program.

Whoever is forgotten has their keys destroyed, and then nothing they sealed opens again: not here,
and not in a copy that was made before, as long as that copy is kept apart from the keys.
"""

import hmac
from collections.abc import Callable, Sequence
from functools import lru_cache
from uuid import UUID

import attrs

from adapters.sealing.keys import (
    KEY_BYTES,
    BadKeys,
    Key,
    KeyRing,
    RandomBytes,
)

INDEX = "index"
DATA = "d"
PURPOSE = b"frontdesk index 1\0"


@attrs.frozen
class PersonalKeys:
    """`index` finds people without saying who they are; it is made once and never changed."""

    ring: KeyRing
    index: Key

    @classmethod
    @lru_cache(maxsize=4)
    def read(cls, text: str) -> "PersonalKeys":
        """The keys of a ring, one of them called `index`. Raises BadKeys."""
        every = KeyRing.read(text).keys
        index = [key for key in every if key.id == INDEX]
        others = tuple(key for key in every if key.id != INDEX)
        if not index or not others:
            raise BadKeys("must be a key called index and one key or more beside it")
        return cls(KeyRing(others), index[0])

    @classmethod
    def new(cls, random_bytes: RandomBytes) -> "PersonalKeys":
        first, index = Key("1", random_bytes(KEY_BYTES)), Key(INDEX, random_bytes(KEY_BYTES))
        return cls(KeyRing((first,)), index)

    def renewed(self, random_bytes: RandomBytes) -> "PersonalKeys":
        numbers = [int(key.id) for key in self.ring.keys if key.id.isdigit()]
        new = Key(str(max(numbers, default=0) + 1), random_bytes(KEY_BYTES))
        return attrs.evolve(self, ring=self.ring.with_new(new))

    @property
    def text(self) -> str:
        return f"{self.ring.text}{self.index.text}\n"


@attrs.frozen
class Vault:
    """Without keys nothing is sealed, and everything is found as it is written."""

    keys: Callable[[], PersonalKeys | None] = attrs.field(repr=False)
    random_bytes: RandomBytes = attrs.field(repr=False)

    @property
    def is_set_up(self) -> bool:
        return self.keys() is not None

    def new_data_key(self, place: bytes) -> str:
        """Wrapped: it is only ever opened to be used."""
        return self.wrap(self.random_bytes(KEY_BYTES), place)

    def wrap(self, plain: bytes, place: bytes) -> str:
        """By the keys of the program themselves, as what is no longer than a key."""
        return self._keys().ring.seal(plain, place, self.random_bytes)

    def unwrap(self, wrapped: str, place: bytes) -> bytes:
        """Raises CannotOpen."""
        return self._keys().ring.open(wrapped, place)

    def seal(self, data_key: str, plain: bytes, place: bytes) -> str:
        return self._ring(data_key, place).seal(plain, place, self.random_bytes)

    def open(self, data_key: str, sealed: str, place: bytes) -> bytes:
        """Raises CannotOpen."""
        return self._ring(data_key, place).open(sealed, place)

    def rewrapped(self, data_key: str, place: bytes) -> str:
        """The same key, under the newest of the program's."""
        return self.wrap(self.unwrap(data_key, place), place)

    @property
    def current_key_id(self) -> str:
        return self._keys().ring.current.id

    def index(self, organization_id: UUID, text: str) -> str:
        """What stands for the text where it is looked for, different in every organization."""
        keys = self.keys()
        if keys is None:
            return text
        said = PURPOSE + organization_id.bytes + text.encode()
        return hmac.digest(keys.index.bytes, said, "sha256").hex()

    def indexes(self, organization_id: UUID, text: str) -> Sequence[str]:
        """All that may stand for it: rows of the time before there were keys say it plainly."""
        return list(dict.fromkeys((self.index(organization_id, text), text)))

    def _ring(self, data_key: str, place: bytes) -> KeyRing:
        return KeyRing((Key(DATA, self.unwrap(data_key, place)),))

    def _keys(self) -> PersonalKeys:
        keys = self.keys()
        if keys is None:
            raise BadKeys("there are sealed rows and no keys: set FRONTDESK_PERSONAL_KEYS")
        return keys
