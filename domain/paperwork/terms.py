"""How an organization keeps its papers, as it has set it."""

from datetime import date, datetime, timedelta

import attrs

from domain.kernel.money import Money
from domain.paperwork.contents import Content, Issuer

REFRESHER = "refresher"
NO_NAME = Issuer(name="")


@attrs.frozen(kw_only=True)
class PaperTerms:
    """`issuer` has no name where papers bear that of the organization.

    A paper is issued again for nothing until `free_days` after the end of what it is about, then
    for a fee in its own currency.
    """

    issuer: Issuer = NO_NAME
    invoices: str = "INV"
    credit_notes: str = "CN"
    receipts: str = "RC"
    payment_days: int = 14
    free_days: int = 90
    fee_minor: int = 500
    most_reissues: int = 5
    certificate_years: int = 3
    refresher_years: int = 1
    by_mail: bool = True

    def issuer_called(self, organization: str) -> Issuer:
        return attrs.evolve(self.issuer, name=self.issuer.name or organization)

    def due_on(self, day: date) -> date:
        return day + timedelta(days=self.payment_days)

    def expires_on(self, completed_on: date, *, refresher: bool) -> date:
        """Whoever completed on 29 February is certified until 28 February."""
        years = self.refresher_years if refresher else self.certificate_years
        try:
            return completed_on.replace(year=completed_on.year + years)
        except ValueError:
            return completed_on.replace(year=completed_on.year + years, day=28)

    def fee_to_reissue(self, content: Content, *, now: datetime) -> Money | None:
        amount = content.amount
        late = now >= content.ends_at + timedelta(days=self.free_days)
        if not late or amount is None or not self.fee_minor:
            return None
        return Money(self.fee_minor, amount.currency)


USUAL_TERMS = PaperTerms()
