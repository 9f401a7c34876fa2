"""Reading documents in processes of their own: what kills them, or takes long, harms nobody."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence

import attrs
import msgspec

from adapters.extraction.uploads.told import Given, Told
from application.documentation.document_ports import DocumentReader, ReadDocument
from domain.documentation.documents import Unfit, UnreadableDocument

COMMAND = ("-m", "adapters.extraction.uploads.alone")
LONGEST = 30.0
"""Seconds for one document, all told."""
AT_ONCE = 2


@attrs.define(eq=False, kw_only=True)
class DocumentsApart(DocumentReader):
    longest: float = LONGEST
    command: Sequence[str] = COMMAND
    _turns: asyncio.Semaphore = attrs.field(factory=lambda: asyncio.Semaphore(AT_ONCE), init=False)

    async def __call__(self, body: bytes, /, *, title: str) -> ReadDocument:
        given = msgspec.msgpack.encode(Given(title, body))
        async with self._turns:
            answer = await self._asked(given)
        try:
            told = msgspec.msgpack.decode(answer, type=Told)
        except msgspec.MsgspecError:
            # It has died: of memory or of time, or of something that nobody knows yet.
            raise UnreadableDocument(Unfit.BROKEN.value) from None
        if told.document is None:
            raise UnreadableDocument(told.why)
        return told.document

    async def _asked(self, given: bytes) -> bytes:
        """It sees nothing of the environment, secrets least of all."""
        path = os.pathsep.join(filter(None, sys.path))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self.command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env={"PYTHONPATH": path},
        )
        try:
            async with asyncio.timeout(self.longest):
                answer, _ = await process.communicate(given)
        except TimeoutError:
            raise UnreadableDocument(Unfit.TOOK_TOO_LONG.value) from None
        finally:
            if process.returncode is None:
                process.kill()
                await asyncio.shield(process.wait())
        if process.returncode in KILLED_FOR_TIME:
            raise UnreadableDocument(Unfit.TOOK_TOO_LONG.value)
        return answer


KILLED_FOR_TIME = (-9, -24)
"""By SIGXCPU, or by SIGKILL where that was not enough."""
