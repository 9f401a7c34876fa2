"""What a client still sends while its answer is there: heard out, within reason.

A server that answers and hangs up while the client sends resets the connection, and the answer is
lost on its way: whoever sent too much would never learn it.
"""

from asyncio import timeout
from contextlib import suppress

import attrs

from entrypoints.http.asgi import Message, Receive, Scope

MOST_BYTES = 32_000_000
SECONDS = 5.0
NOTHING = (b"", b"0")


class Gone(BaseException):
    """The client hung up before its request was complete; nobody waits for an answer.

    Not an Exception, so that nothing on its way turns it into one.
    """


@attrs.define
class Incoming:
    """`rest` is whether there is more of the body than was asked for."""

    receive: Receive
    rest: bool

    @classmethod
    def of(cls, scope: Scope, receive: Receive) -> "Incoming":
        """Who waits to be told to go on (`Expect`) has sent nothing, and sees the answer first."""
        said = dict(scope["headers"])
        announced = said.get(b"content-length", b"") not in NOTHING
        return cls(receive, (announced or b"transfer-encoding" in said) and b"expect" not in said)

    async def __call__(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise Gone
        self.rest = self.rest and message.get("more_body", False)
        return message

    async def hear_out(self) -> None:
        """What is too long, or too slow, is cut."""
        left = MOST_BYTES
        with suppress(TimeoutError, Gone):
            async with timeout(SECONDS):
                while self.rest and left > 0:
                    left -= len((await self()).get("body", b""))
