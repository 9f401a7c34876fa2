"""JSON shapes of quotations."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.calls.quotation_ports import QuotationShown
from domain.calls.quotations import Quotation, QuotedSourceState
from entrypoints.http.page_shapes import Heading, PageUrl, PassageText, VersionOfPage
from entrypoints.http.shapes import Identifier, Input, Moment, Output

Digest = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{32}$(?!\n)",
        min_length=32,
        max_length=32,
        description="The same for what says the same in the same place.",
        examples=["7d1a54127b222502f5b79b5fb0803061"],
    ),
]


class QuotationInput(Input, frozen=True):
    passage_id: Identifier


class QuotedBody(Output, frozen=True):
    """A passage as it was when it was quoted; its page was read last at `fetched_at`."""

    id: Identifier
    passage_id: Identifier
    url: PageUrl
    path: Annotated[Sequence[Heading], Meta(max_length=100)]
    text: PassageText
    version: VersionOfPage | None
    hash: Digest
    fetched_at: Moment
    quoted_by: Identifier
    quoted_at: Moment

    @classmethod
    def of(cls, quotation: Quotation) -> "QuotedBody":
        quoted = quotation.quoted
        return cls(
            id=quotation.id,
            passage_id=quoted.passage_id,
            url=quoted.url,
            path=quoted.path,
            text=quoted.text,
            version=quoted.version,
            hash=quoted.digest,
            fetched_at=quoted.fetched_at,
            quoted_by=quotation.by,
            quoted_at=quotation.at,
        )


class QuotationBody(Output, frozen=True):
    """`source` is whether its page still says so; if not, it ceased to at `left_at`."""

    quotation: QuotedBody
    source: QuotedSourceState
    left_at: Moment | None

    @classmethod
    def of(cls, shown: QuotationShown) -> "QuotationBody":
        return cls(
            quotation=QuotedBody.of(shown.quotation), source=shown.source, left_at=shown.left_at
        )
