"""What whoever books agrees to, in JSON."""

from typing import Annotated

from msgspec import Meta

from domain.bookings.consent import Acceptance, Consent
from entrypoints.http.shapes import ONE_LINE, Input, Moment, Output

TermsVersion = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=32, examples=["2027-01"])
]


class AcceptanceInput(Input, frozen=True):
    """The boxes that were ticked; sales terms with a `terms_version` need the first."""

    terms_accepted: bool = False
    marketing_opt_in: bool = False

    def acceptance(self) -> Acceptance:
        return Acceptance(terms=self.terms_accepted, marketing=self.marketing_opt_in)


class ConsentBody(Output, frozen=True):
    """What was agreed to, and when."""

    given_at: Moment
    terms_accepted: bool
    terms_version: TermsVersion | None
    marketing_opt_in: bool

    @classmethod
    def of(cls, consent: Consent) -> "ConsentBody":
        return cls(
            given_at=consent.given_at,
            terms_accepted=consent.terms_accepted,
            terms_version=consent.terms_version,
            marketing_opt_in=consent.marketing_opt_in,
        )
