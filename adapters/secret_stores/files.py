"""Secrets in mounted files, one each, as orchestrators bring them."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from adapters.secret_stores.latest import Latest
from application.kernel.secrets import (
    NAME,
    NoSuchSecret,
    Secret,
    Secrets,
    UnreadableSecrets,
    must_be_a_name,
)

LARGEST = 64 * 1024


class SecretFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._latest = Latest(path, _secret)

    def __call__(self) -> Secret:
        """Raises NoSuchSecret or UnreadableSecrets."""
        try:
            return self._latest()
        except (FileNotFoundError, IsADirectoryError):
            raise NoSuchSecret(self._path.name) from None
        except (OSError, ValueError) as error:
            raise UnreadableSecrets(
                f"{self._path.name} cannot be read: {type(error).__name__}"
            ) from None


@attrs.frozen
class MountedSecrets(Secrets):
    folder: Path
    _files: dict[str, SecretFile] = attrs.field(factory=dict, init=False, repr=False)

    def get(self, name: str, /) -> Secret:
        must_be_a_name(name)
        return self._files.setdefault(name, SecretFile(self.folder / name))()

    def names(self) -> Sequence[str]:
        try:
            found = [path.name for path in self.folder.iterdir() if path.is_file()]
        except OSError as error:
            raise UnreadableSecrets(f"{self.folder}: {type(error).__name__}") from None
        return sorted(name for name in found if NAME.fullmatch(name))


def _secret(content: bytes) -> Secret:
    """Without the line's end that editors put there."""
    if len(content) > LARGEST:
        raise ValueError("too large for a secret")
    return Secret(content.decode().rstrip("\r\n"))
