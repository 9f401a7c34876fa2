"""What may go wrong with papers, and the promise that it breaks."""

from typing import Any
from uuid import UUID

from adapters.schema.papers import joint_shares, paper_series, papers
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks

INVOICE = UUID("016f5e66-e800-7000-8000-00000000face")


def _paper(saboteur: Saboteur, id: UUID, kind: str, **values: Any) -> None:
    usual = {
        "ordinal": 1,
        "number": str(id),
        "series": None,
        "year": None,
        "place": None,
        "corrects": None,
        "total_minor": None,
        "currency": None,
    }
    saboteur.insert(
        papers,
        id=id,
        version=1,
        kind=kind,
        booking_id=saboteur.business.confirmed,
        resource_id=saboteur.business.desk.resource_id,
        issued_at=LONG_AGO,
        content={},
        reissues=[],
        **(usual | values),
    )


def _invoice(saboteur: Saboteur, *, place: int, counted: int) -> None:
    _paper(
        saboteur,
        INVOICE,
        "invoice",
        series="INV",
        year=2020,
        place=place,
        total_minor=9900,
        currency="EUR",
    )
    saboteur.insert(paper_series, series="INV", year=2020, last=counted)


@breaks("paper_numbers_are_gapless")
def number_left_out(saboteur: Saboteur) -> object:
    _invoice(saboteur, place=2, counted=2)
    return "INV"


@breaks("paper_numbers_are_counted")
def number_given_and_lost(saboteur: Saboteur) -> object:
    _invoice(saboteur, place=1, counted=2)
    return "INV"


@breaks("paper_numbers_are_counted")
def number_nobody_counts(saboteur: Saboteur) -> object:
    _invoice(saboteur, place=1, counted=1)
    saboteur.delete(paper_series)
    return "INV"


@breaks("paper_numbers_are_counted")
def numbers_counted_and_no_paper(saboteur: Saboteur) -> object:
    saboteur.insert(paper_series, series="INV", year=2020, last=1)
    return "INV"


@breaks("credit_is_within_the_invoice")
def credited_twice(saboteur: Saboteur) -> object:
    _invoice(saboteur, place=1, counted=1)
    for place in (1, 2):
        _paper(
            saboteur,
            UUID(int=DRAWN_LONG_AGO.int + place),
            "credit_note",
            ordinal=place,
            series="CN",
            year=2020,
            place=place,
            corrects=INVOICE,
            total_minor=-9900,
            currency="EUR",
        )
    saboteur.insert(paper_series, series="CN", year=2020, last=2)
    return INVOICE


@breaks("shares_add_up_to_the_invoice")
def invoiced_for_nobody(saboteur: Saboteur) -> object:
    _invoice(saboteur, place=1, counted=1)
    saboteur.insert(
        joint_shares, id=INVOICE, booking_id=saboteur.business.confirmed, total_minor=9800
    )
    return INVOICE


@breaks("credit_is_within_the_share")
def credited_for_another(saboteur: Saboteur) -> object:
    _invoice(saboteur, place=1, counted=1)
    for booking, share in ((saboteur.business.confirmed, 4900), (saboteur.business.held, 5000)):
        saboteur.insert(joint_shares, id=INVOICE, booking_id=booking, total_minor=share)
    _paper(saboteur, DRAWN_LONG_AGO, "credit_note", corrects=INVOICE, total_minor=-5000)
    return saboteur.business.confirmed


@breaks("paper_fees_are_charged")
def issued_again_past_the_books(saboteur: Saboteur) -> object:
    _paper(saboteur, DRAWN_LONG_AGO, "receipt", total_minor=9900, currency="EUR", fees_minor=500)
    return saboteur.business.confirmed


@breaks("certificates_are_found")
def certificate_without_its_number(saboteur: Saboteur) -> object:
    _paper(saboteur, DRAWN_LONG_AGO, "certificate")
    return DRAWN_LONG_AGO
