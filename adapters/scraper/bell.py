"""A bell for those who wait within one process."""

from itertools import islice

import anyio
import attrs

from application.kernel.bells import Bell


@attrs.frozen
class BellHere(Bell):
    _waiting: dict[anyio.Event, None] = attrs.field(factory=dict, init=False)

    async def wait(self, seconds: float, /) -> None:
        called = anyio.Event()
        self._waiting[called] = None
        try:
            with anyio.move_on_after(seconds):
                await called.wait()
        finally:
            self._waiting.pop(called, None)

    def call(self, most: int, /) -> None:
        for called in list(islice(self._waiting, most)):
            del self._waiting[called]
            called.set()
