"""Bookings to come, whom to write to, and documents, as rows say them."""

from typing import Annotated

from msgspec import Meta

from application.bookings.take_bookings import BookingRow, HalfAPrice, Wanted
from application.bookings.take_contacts import ContactRow
from application.documentation.take_documents import DocumentRow
from domain.kernel.identifiers import BookingId, DocumentId, OrganizationId
from domain.kernel.money import Money
from entrypoints.http.document_shapes import Title
from entrypoints.http.importing.keys import Key, keyed_among
from entrypoints.http.kinds.registry import RequestInput
from entrypoints.http.page_shapes import Language, VersionOfPage
from entrypoints.http.shapes import ContactInput, Currency, Email, Input, MinorUnits

Text = Annotated[str, Meta(min_length=1, max_length=200_000)]


class BookingRowInput(Input, frozen=True, kw_only=True):
    """Known again by its `key`: a later row says what has become of it elsewhere."""

    key: Key
    request: RequestInput
    state: Wanted = Wanted.CONFIRMED
    terms_accepted: bool = False
    total_minor: MinorUnits | None = None
    currency: Currency | None = None

    def row(self, organization_id: OrganizationId) -> BookingRow:
        """Raises HalfAPrice, and what the request refuses."""
        return BookingRow(
            id=BookingId(keyed_among("booking", organization_id, self.key)),
            request=self.request.request(),
            wanted=self.state,
            terms_accepted=self.terms_accepted,
            total=self._total(),
        )

    def _total(self) -> Money | None:
        if self.total_minor is None and self.currency is None:
            return None
        if self.total_minor is None or self.currency is None:
            raise HalfAPrice
        return Money(self.total_minor, self.currency)


class ContactRowInput(Input, frozen=True, kw_only=True):
    """`email` is the address that is known so far, if it changes."""

    contact: ContactInput
    email: Email | None = None

    def row(self, _organization_id: OrganizationId) -> ContactRow:
        return ContactRow(email=self.email or self.contact.email, contact=self.contact.contact())


class DocumentRowInput(Input, frozen=True, kw_only=True):
    """`text` may be Markdown."""

    key: Key
    title: Title
    text: Text
    language: Language | None = None
    release: VersionOfPage | None = None

    def row(self, organization_id: OrganizationId) -> DocumentRow:
        return DocumentRow(
            id=DocumentId(keyed_among("document", organization_id, self.key)),
            title=self.title,
            text=self.text,
            language=self.language,
            release=self.release,
        )
