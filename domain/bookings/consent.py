"""What whoever books agrees to, beside the price."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid


@attrs.frozen
class TermsNotAccepted(Invalid):
    """Sold to those alone who accept the terms, in this version."""

    code: ClassVar[str] = "terms_not_accepted"
    field: ClassVar[str] = "terms_accepted"
    terms_version: str

    def __str__(self) -> str:
        return f"this is booked on the terms {self.terms_version}: they have to be accepted"


@attrs.frozen(kw_only=True)
class Acceptance:
    """What is ticked when something is held."""

    terms: bool = False
    marketing: bool = False

    def of(self, terms_version: str | None, *, now: datetime) -> "Consent | None":
        """None where there is nothing to remember. Raises TermsNotAccepted."""
        if terms_version is not None and not self.terms:
            raise TermsNotAccepted(terms_version)
        if self == NOTHING_ACCEPTED:
            return None
        return Consent(
            given_at=now,
            terms_accepted=self.terms,
            terms_version=terms_version,
            marketing_opt_in=self.marketing,
        )


NOTHING_ACCEPTED = Acceptance()


@attrs.frozen(kw_only=True)
class Consent:
    """Evidence: what was agreed to, and when. `terms_version` is there where terms have one."""

    given_at: datetime
    terms_accepted: bool
    terms_version: str | None
    marketing_opt_in: bool
