"""Secrets in memory."""

from collections.abc import Mapping, Sequence

import attrs

from application.kernel.secrets import NoSuchSecret, Secret, Secrets


@attrs.frozen
class MemorySecrets(Secrets):
    kept: Mapping[str, str]

    def get(self, name: str, /) -> Secret:
        if name not in self.kept:
            raise NoSuchSecret(name)
        return Secret(self.kept[name])

    def names(self) -> Sequence[str]:
        return sorted(self.kept)
