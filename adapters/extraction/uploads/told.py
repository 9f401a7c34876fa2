"""What two processes tell each other about a document.

Whoever has one read in another process needs no library that reads documents.
"""

import attrs

from application.documentation.document_ports import ReadDocument


@attrs.frozen
class Given:
    title: str
    body: bytes


@attrs.frozen
class Told:
    """Without a document, `why` is why there is none."""

    document: ReadDocument | None = None
    why: str = ""
