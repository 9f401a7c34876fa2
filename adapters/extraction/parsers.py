"""Taking pages apart beside whatever else is going on: in processes, as soon as that pays."""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from typing import Any, cast

import attrs

from adapters.extraction.frames import LENGTH, Asked, framed, understood_in
from adapters.extraction.understanding import understood
from application.documentation.ports import Interrupted, Unreadable
from application.documentation.read_page import Extract
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import ReadPage

FEW = 16
"""Pages for which no process is begun."""
LONGEST = 20.0
"""Seconds that a page may take; no page that people read comes near it."""

COMMAND = ("-m", "adapters.extraction.parser")

logger = logging.getLogger(__name__)


@attrs.define(eq=False, kw_only=True)
class Parsers(Extract):
    """`most` processes, each with one page at a time; 0 has everything done on threads."""

    most: int
    few: int = FEW
    longest: float = LONGEST
    command: Sequence[str] = COMMAND
    _pages: int = attrs.field(default=0, init=False)
    _idle: list["Parser"] = attrs.field(factory=list, init=False)
    _turns: asyncio.Semaphore | None = attrs.field(default=None, init=False)

    async def __call__(
        self, kind: SiteKind | None, body: bytes, /, *, url: str, content_type: str
    ) -> ReadPage:
        self._pages += 1
        if not self.most or self._pages <= self.few:
            return await _here(kind, body, url=url, content_type=content_type)
        return await self._elsewhere(Asked(kind, url, content_type, body))

    async def close(self) -> None:
        while self._idle:
            await self._idle.pop().end()

    async def _elsewhere(self, asked: Asked) -> ReadPage:
        if self._turns is None:
            self._turns = asyncio.Semaphore(self.most)
        async with self._turns:
            parser = self._idle.pop() if self._idle else await Parser.begun(self.command)
            try:
                async with asyncio.timeout(self.longest):
                    page = await parser.ask(asked)
            except Unreadable:
                self._idle.append(parser)
                raise
            except BaseException as error:  # half an answer may be on its way
                await parser.end()
                if isinstance(error, TimeoutError):
                    raise Unreadable("took_too_long") from None
                if isinstance(error, EOFError | OSError):
                    logger.warning("a process that took a page apart has died")
                    raise Interrupted from None
                raise
            self._idle.append(parser)
            return page


@attrs.frozen(eq=False)
class Parser:
    process: Process
    asking: asyncio.StreamWriter
    answering: asyncio.StreamReader

    @classmethod
    async def begun(cls, command: Sequence[str]) -> "Parser":
        """It sees nothing of the environment, secrets least of all. Raises Interrupted."""
        path = os.pathsep.join(filter(None, sys.path))
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *command, stdin=PIPE, stdout=PIPE, env={"PYTHONPATH": path}
            )
        except OSError:
            logger.exception("no process could be begun to take a page apart")
            raise Interrupted from None
        return cls(process, cast("Any", process.stdin), cast("Any", process.stdout))

    async def ask(self, asked: Asked) -> ReadPage:
        """Raises Unreadable; EOFError or OSError where the process has died."""
        self.asking.write(framed(asked))
        await self.asking.drain()
        length = int.from_bytes(await self.answering.readexactly(LENGTH), "big")
        answer = understood_in(await self.answering.readexactly(length))
        if answer.page is None:
            raise Unreadable(answer.reason)
        return answer.page

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        self.asking.close()
        await asyncio.shield(self.process.wait())


async def _here(kind: SiteKind | None, body: bytes, *, url: str, content_type: str) -> ReadPage:
    """On a thread, so that others have their turn meanwhile."""
    try:
        return await asyncio.to_thread(understood, kind, body, url=url, content_type=content_type)
    except Unreadable:
        raise
    except Exception as error:
        logger.exception("could not read a page")
        raise Unreadable(type(error).__name__) from error
