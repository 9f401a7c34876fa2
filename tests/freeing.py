"""What every use case that frees units is given in tests."""

from collections.abc import Callable
from uuid import uuid4

from application.bookings.freeing import Freeing
from application.bookings.offers import Offers, OfferTerms
from application.kernel.ports import Clock
from domain.bookings.waiting import WaitingRules
from entrypoints.wiring.ambient import below
from tests.samples import DAY, NOW

WAITING_RULES = WaitingRules(offered_for=DAY, passes=2, saved_for=2 * DAY)


def offers(
    clock: Clock = lambda: NOW,
    *,
    rules: WaitingRules = WAITING_RULES,
    chance: Callable[[int], int] = below,
) -> Offers:
    terms = OfferTerms(reference_prefix="FD", rules=rules)
    return Offers(new_id=uuid4, chance=chance, clock=clock, terms_of=lambda _: terms)


def freeing(clock: Clock = lambda: NOW, *, rules: WaitingRules = WAITING_RULES) -> Freeing:
    return Freeing(offers=offers(clock, rules=rules), clock=clock)
