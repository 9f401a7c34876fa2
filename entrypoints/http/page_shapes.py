"""JSON shapes of pages of documentation."""

from typing import Annotated

from msgspec import Meta

from entrypoints.http.refusals import TEXT_OR_NOTHING
from entrypoints.http.shapes import ONE_LINE

PageUrl = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        max_length=4000,
        examples=["https://docs.example/library/asyncio#asyncio.gather"],
    ),
]
Language = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2,3}$(?!\n)",
        min_length=2,
        max_length=16,
        description="ISO 639.",
        examples=["en"],
    ),
]
VersionOfPage = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=40, examples=["3.11"])
]
PassageText = Annotated[str, Meta(pattern=TEXT_OR_NOTHING, max_length=1_000_000)]
Heading = Annotated[
    str, Meta(pattern=TEXT_OR_NOTHING, max_length=10_000, examples=["Coroutines and Tasks"])
]
