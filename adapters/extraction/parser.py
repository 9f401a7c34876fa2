"""A process that takes pages apart, until whoever began it is gone.

`python -m adapters.extraction.parser`
"""

import gc
import signal
import sys
from typing import BinaryIO

from adapters.extraction.frames import LENGTH, Asked, Understood, asked_in, framed
from adapters.extraction.understanding import understood
from application.documentation.ports import Unreadable

BETWEEN_COLLECTIONS = 50_000
"""Objects. There are tens of thousands in a page, which are gone when it is answered."""


def main() -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)  # it ends when there is nobody to ask it
    gc.freeze()  # modules are no garbage, and there is hardly any in a page
    gc.set_threshold(BETWEEN_COLLECTIONS)
    serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(asking: BinaryIO, answering: BinaryIO) -> None:
    while head := asking.read(LENGTH):
        asked = asked_in(asking.read(int.from_bytes(head, "big")))
        answering.write(framed(_answer(asked)))
        answering.flush()


def _answer(asked: Asked) -> Understood:
    try:
        page = understood(asked.kind, asked.body, url=asked.url, content_type=asked.content_type)
    except Unreadable as why:
        return Understood(reason=why.reason)
    except Exception as error:  # noqa: BLE001  (whatever strangers wrote)
        return Understood(reason=type(error).__name__)
    return Understood(page)


if __name__ == "__main__":
    main()
