"""Why something cannot be done with papers."""

from typing import ClassVar

import attrs

from domain.kernel.identifiers import BookingId, ItineraryId, PaperId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class PaperNotFound(NotFound):
    code: ClassVar[str] = "paper_not_found"
    paper_id: PaperId

    def __str__(self) -> str:
        return f"no paper {self.paper_id}"


@attrs.frozen
class CertificateNotFound(NotFound):
    """It does not say whether there ever was one: numbers are not to be guessed."""

    code: ClassVar[str] = "certificate_not_found"

    def __str__(self) -> str:
        return "no certificate has that number; is a character wrong or missing?"


@attrs.frozen
class NothingSold(NotFound):
    """There is no such booking, or it never was one to have papers about."""

    code: ClassVar[str] = "nothing_sold"
    booking_id: BookingId

    def __str__(self) -> str:
        return f"no booking {self.booking_id} to issue papers about"


@attrs.frozen
class NoCertificate(Conflict):
    code: ClassVar[str] = "no_certificate"
    paper_id: PaperId

    def __str__(self) -> str:
        return "only certificates are revoked; invoices are corrected by credit notes"


@attrs.frozen
class AlreadyWithdrawn(Conflict):
    code: ClassVar[str] = "already_withdrawn"
    paper_id: PaperId

    def __str__(self) -> str:
        return f"paper {self.paper_id} holds no longer"


@attrs.frozen
class NothingToInvoiceTogether(Conflict):
    """Fewer than two of its bookings owe anything: each has an invoice of its own."""

    code: ClassVar[str] = "nothing_to_invoice_together"
    itinerary_id: ItineraryId

    def __str__(self) -> str:
        return f"fewer than two bookings of itinerary {self.itinerary_id} owe anything"


@attrs.frozen
class TooManyReissues(Conflict):
    code: ClassVar[str] = "too_many_reissues"
    paper_id: PaperId
    most: int

    def __str__(self) -> str:
        return f"a paper is issued again {self.most} times at the most"


@attrs.frozen
class NobodyToSendTo(Conflict):
    """Whose it was is no longer known."""

    code: ClassVar[str] = "nobody_to_send_to"
    paper_id: PaperId

    def __str__(self) -> str:
        return f"nobody is known to whom paper {self.paper_id} could be sent"
