"""Several stores as one: the first that has a secret counts."""

from collections.abc import Sequence

import attrs

from application.kernel.secrets import NoSuchSecret, Secret, Secrets


@attrs.frozen
class FirstFound(Secrets):
    stores: Sequence[Secrets]

    def get(self, name: str, /) -> Secret:
        for store in self.stores:
            try:
                return store.get(name)
            except NoSuchSecret:
                continue
        raise NoSuchSecret(name)

    def names(self) -> Sequence[str]:
        return sorted({name for store in self.stores for name in store.names()})
