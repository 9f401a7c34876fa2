"""What other features may know about papers.

Never the number of a certificate: whoever has that can see whose it is.
"""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event, SecurityEvent
from domain.kernel.identifiers import BookingId, PaperId
from domain.kernel.money import Money


@attrs.frozen(kw_only=True)
class PaperEvent(Event):
    paper_id: PaperId
    booking_id: BookingId
    kind: str

    @property
    def subject(self) -> UUID:
        return self.paper_id


@attrs.frozen(kw_only=True)
class PaperIssued(PaperEvent):
    """`amount` is what it is about, if that is money; below zero it takes something back."""

    name: ClassVar[str] = "paper_issued"
    amount: Money | None = None


@attrs.frozen(kw_only=True)
class PaperWithdrawn(PaperEvent):
    """It holds no longer: what it promised has changed, or is off."""

    name: ClassVar[str] = "paper_withdrawn"


@attrs.frozen(kw_only=True)
class PaperReissued(PaperEvent):
    """For the `times`th time, for a fee or for nothing."""

    name: ClassVar[str] = "paper_reissued"
    times: int
    fee: Money | None = None


@attrs.frozen(kw_only=True)
class CertificateRevoked(PaperEvent, SecurityEvent):
    """Somebody has put an end to it; why is said on the certificate itself."""

    name: ClassVar[str] = "certificate_revoked"


@attrs.frozen(kw_only=True)
class PaperErased(PaperEvent):
    """It is no longer known whose it was."""

    name: ClassVar[str] = "paper_erased"
