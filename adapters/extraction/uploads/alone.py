"""A process that reads one document and ends, with little memory and little time.

`python -m adapters.extraction.uploads.alone`
"""

import resource
import sys

import msgspec

from adapters.extraction.uploads.reading import read_document
from adapters.extraction.uploads.told import Given, Told
from domain.documentation.documents import Unfit, UnreadableDocument

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    given = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Given)
    sys.stdout.buffer.write(msgspec.msgpack.encode(_told(given)))
    sys.stdout.buffer.flush()


def _told(given: Given) -> Told:
    try:
        return Told(read_document(given.body, given.title))
    except UnreadableDocument as refusal:
        return Told(why=refusal.why)
    except MemoryError:
        return Told(why=Unfit.TOO_LARGE_INSIDE.value)
    except Exception:  # noqa: BLE001  (whatever strangers made)
        return Told(why=Unfit.BROKEN.value)


if __name__ == "__main__":
    main()
