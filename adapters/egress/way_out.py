"""The way out, made when somebody goes it first."""

from collections.abc import Callable, Mapping
from typing import Protocol

import attrs

from application.kernel.web import Fetch, Fetched


class Closing(Fetch, Protocol):
    async def close(self) -> None: ...


@attrs.define
class WayOut(Fetch):
    """May be gone again after it was closed."""

    make: Callable[[], Closing]
    _made: Closing | None = attrs.field(default=None, init=False)

    async def __call__(
        self, url: str, /, *, headers: Mapping[str, str], most: int, redirects: int
    ) -> Fetched:
        if self._made is None:
            self._made = self.make()
        return await self._made(url, headers=headers, most=most, redirects=redirects)

    async def close(self) -> None:
        made, self._made = self._made, None
        if made is not None:
            await made.close()
