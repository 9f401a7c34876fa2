"""Secrets in one encrypted file: JSON, each sealed for its own name.

Writers take turns and replace the file whole, so that readers need no lock. While keys change,
the new key is in the key file before anything is sealed with it, and an old one leaves only when
nothing is sealed with it any longer; a reader who comes in between looks once more.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs
import msgspec

from adapters.sealing.keys import CannotOpen, KeyRing, NoSuchKey, RandomBytes, key_id_of
from adapters.secret_stores.key_rings import Keys
from adapters.secret_stores.latest import Latest
from adapters.secret_stores.whole_files import alone, write_whole
from application.kernel.secrets import (
    NoSuchSecret,
    Secret,
    SecretVault,
    UnreadableSecrets,
    must_be_a_name,
)

LOOKS = 3

Sealed = Mapping[str, str]


@attrs.frozen(kw_only=True)
class EncryptedFile(SecretVault):
    path: Path
    keys: Keys
    random_bytes: RandomBytes = attrs.field(repr=False)
    _latest: Latest[Sealed] = attrs.field(init=False, repr=False)

    @_latest.default
    def _reading(self) -> Latest[Sealed]:
        return Latest(self.path, _read)

    def get(self, name: str, /) -> Secret:
        must_be_a_name(name)
        if name not in self._stored():
            raise NoSuchSecret(name)
        for look in range(1, LOOKS + 1):
            try:
                return self._open(self.keys.ring(), name)
            except NoSuchKey as missing:
                if look == LOOKS:
                    raise UnreadableSecrets(f"{name}: {missing}") from None
        raise NoSuchSecret(name)

    def names(self) -> Sequence[str]:
        return sorted(self._stored())

    def put(self, name: str, secret: Secret, /) -> None:
        must_be_a_name(name)
        with alone(self.path):
            ring = self.keys.ring_to_write_with()
            self._write({**self._stored(), name: self._sealed(ring, name, secret)})

    def remove(self, name: str, /) -> None:
        with alone(self.path):
            stored = dict(self._stored())
            if stored.pop(name, None) is None:
                raise NoSuchSecret(name)
            self._write(stored)

    def rotate(self) -> str:
        with alone(self.path):
            old = self.keys.ring_to_write_with()
            opened = {name: self._open(old, name) for name in self._stored()}
            ring = self.keys.renew()
            self._write({name: self._sealed(ring, name, one) for name, one in opened.items()})
            return ring.current.id

    def forget_old_keys(self) -> Sequence[str]:
        with alone(self.path):
            ring = self.keys.ring()
            if any(key_id_of(sealed) != ring.current.id for sealed in self._stored().values()):
                raise UnreadableSecrets("something is kept under an old key still: rotate first")
            self.keys.drop_old()
            return [key.id for key in ring.keys[1:]]

    def _stored(self) -> Sealed:
        try:
            return self._latest()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UnreadableSecrets(f"{self.path}: {type(error).__name__}") from None

    def _open(self, ring: KeyRing, name: str) -> Secret:
        sealed = self._stored().get(name)
        if sealed is None:
            raise NoSuchSecret(name)
        try:
            return Secret(ring.open(sealed, name.encode()).decode())
        except NoSuchKey:
            raise
        except CannotOpen as error:
            raise UnreadableSecrets(f"{name}: {error}") from None

    def _sealed(self, ring: KeyRing, name: str, secret: Secret) -> str:
        return ring.seal(secret.value.encode(), name.encode(), self.random_bytes)

    def _write(self, stored: Sealed) -> None:
        write_whole(self.path, msgspec.json.format(msgspec.json.encode(stored)))


def _read(content: bytes) -> Sealed:
    try:
        return msgspec.json.decode(content, type=dict[str, str])
    except msgspec.DecodeError:
        raise UnreadableSecrets("the file of secrets was damaged") from None
