"""Where the keys of the encrypted file are."""

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import attrs

from adapters.sealing.keys import KEY_BYTES, BadKeys, Key, KeyRing, RandomBytes
from adapters.secret_stores.latest import Latest
from adapters.secret_stores.whole_files import write_whole
from application.kernel.secrets import UnreadableSecrets


class KeysElsewhere(UnreadableSecrets):
    def __init__(self) -> None:
        super().__init__(
            "the keys are in the environment: put a new one before the old ones there, and start"
            " this again to have everything kept under it"
        )


class Keys(Protocol):
    @abstractmethod
    def ring(self) -> KeyRing:
        """Raises UnreadableSecrets."""

    @abstractmethod
    def ring_to_write_with(self) -> KeyRing:
        """The same; makes a first key where there is none yet."""

    @abstractmethod
    def renew(self) -> KeyRing:
        """With a new key in front."""

    @abstractmethod
    def drop_old(self) -> None: ...


@attrs.frozen
class GivenKeys(Keys):
    """Somebody else keeps them, and puts new ones in front."""

    text: Callable[[], str] = attrs.field(repr=False)

    def ring(self) -> KeyRing:
        return _read(self.text().encode())

    def ring_to_write_with(self) -> KeyRing:
        return self.ring()

    def renew(self) -> KeyRing:
        if len(self.ring().keys) == 1:
            raise KeysElsewhere
        return self.ring()

    def drop_old(self) -> None:
        """Whoever gave them takes them away."""


@attrs.frozen
class KeyFile(Keys):
    path: Path
    random_bytes: RandomBytes = attrs.field(repr=False)
    _latest: Latest[KeyRing] = attrs.field(init=False, repr=False)

    @_latest.default
    def _reading(self) -> Latest[KeyRing]:
        return Latest(self.path, _read)

    def ring(self) -> KeyRing:
        try:
            return self._latest()
        except OSError as error:
            raise UnreadableSecrets(f"{self.path}: {type(error).__name__}") from None

    def ring_to_write_with(self) -> KeyRing:
        if not self.path.exists():
            self._write(KeyRing((self._new("1"),)))
        return self.ring()

    def renew(self) -> KeyRing:
        ring = self.ring_to_write_with()
        numbers = [int(key.id) for key in ring.keys if key.id.isdigit()]
        self._write(ring.with_new(self._new(str(max(numbers, default=0) + 1))))
        return self.ring()

    def drop_old(self) -> None:
        self._write(self.ring().only())

    def _new(self, id: str) -> Key:
        return Key(id, self.random_bytes(KEY_BYTES))

    def _write(self, ring: KeyRing) -> None:
        write_whole(self.path, ring.text.encode())


def _read(content: bytes) -> KeyRing:
    try:
        return KeyRing.read(content.decode())
    except (BadKeys, UnicodeDecodeError):
        raise UnreadableSecrets("these are no keys: `id:base64` with 32 bytes each") from None
