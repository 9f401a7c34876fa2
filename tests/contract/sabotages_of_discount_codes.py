"""What may go wrong with discount codes, and the promise that it breaks."""

from adapters.schema.discount_codes import discount_codes
from tests.contract.sabotages import DRAWN_LONG_AGO, Saboteur, breaks


@breaks("codes_are_counted")
def code_without_uses(saboteur: Saboteur) -> object:
    saboteur.insert(
        discount_codes,
        id=DRAWN_LONG_AGO,
        version=1,
        code="SPRING",
        active=True,
        terms={"worth": {"percent": 10}},
    )
    return DRAWN_LONG_AGO
