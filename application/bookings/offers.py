"""What comes free is offered to whoever waits for it, before anybody else can see it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from application.bookings.agreeing import Offer, agree
from application.bookings.ports import BookingWork
from application.bookings.taking import take
from application.kernel.ports import Chance, Clock, NewId, Stale
from domain.bookings.booking import Booking
from domain.bookings.house_rules import NO_HOUSE_RULES, HouseRules
from domain.bookings.life import HoldPurpose, HoldTerms
from domain.bookings.references import Reference
from domain.bookings.waiting import WaitingEntry, WaitingRules, pools_of
from domain.bookings.waiting_line import Offered, shared_out
from domain.inventory.pools import Pool
from domain.kernel.claims import ExclusiveClaim
from domain.kernel.identifiers import BookingId, PoolId, WaitingId
from domain.kernel.refusals import Refusal


@attrs.frozen(kw_only=True)
class OfferTerms:
    """On what terms an organization offers what comes free."""

    reference_prefix: str
    rules: WaitingRules
    house: HouseRules = NO_HOUSE_RULES


TermsOf = Callable[[Mapping[str, Any]], OfferTerms]
"""The terms that follow from what an organization has set itself."""


@attrs.frozen(kw_only=True)
class Offers:
    """Everything that frees units does so within this, and the pools stay locked meanwhile.

    Whoever joins locks the pools as well and looks whether they are sold out. So either they see
    what has come free, or they are seen here.
    """

    new_id: NewId
    chance: Chance
    clock: Clock
    terms_of: TermsOf

    def around(
        self, work: BookingWork, pool_ids: Sequence[PoolId], free: Callable[[], None], /
    ) -> None:
        """`free` gives units of these pools back, or opens the pools.

        Raises Stale if somebody joined meanwhile who waits for other pools, too.
        """
        early = work.waiting.line(pool_ids)
        wanted = set(pool_ids) | pools_of(early)
        if early:
            work.inventory.lock(sorted(wanted))
        free()
        line = work.waiting.line(pool_ids)
        if not pools_of(line) <= wanted:
            raise Stale("somebody else waits for other pools as well")
        if line:
            self._share_out(work, line, work.inventory.lock(sorted(wanted)))

    def _share_out(
        self, work: BookingWork, line: Sequence[WaitingEntry], pools: Mapping[PoolId, Pool]
    ) -> None:
        now, terms = self.clock(), self.terms_of(work.own_settings.values())
        agreed: dict[WaitingId, Offer] = {}
        promised: set[ExclusiveClaim] = set()

        def may_have(entry: WaitingEntry) -> bool:
            offer = _agreed(work, entry, terms.house, now)
            if offer is None or promised & set(offer.agreement.exclusives):
                return False
            agreed[entry.id] = offer
            promised.update(offer.agreement.exclusives)
            return True

        shares = shared_out(
            [entry for entry in line if entry.closes_at > now],
            {pool.id: pool.free for pool in pools.values()},
            rules=terms.rules,
            may_have=may_have,
            now=now,
        )
        before = {entry.id: entry for entry in line}
        saved = [offered.entry for offered in shares.offered if offered.entry.saved]
        work.inventory.give_back([entry.hold_id for entry in saved])
        self._offer(work, shares.offered, agreed, terms, now)
        for entry in shares.saving:
            work.inventory.swap(entry.hold_id, before=before[entry.id].saved, after=entry.saved)
            work.waiting.save(entry)
        work.waiting.save_passed(shares.passed)

    def _offer(
        self,
        work: BookingWork,
        offered: Sequence[Offered],
        agreed: Mapping[WaitingId, Offer],
        terms: OfferTerms,
        now: datetime,
    ) -> None:
        bookings = [self._held(agreed[one.entry.id], terms, now) for one in offered]
        take(work, bookings)
        for one, booking in zip(offered, bookings, strict=True):
            work.bookings.save(booking)
            work.waiting.save(
                one.entry.offer(booking.id, one.reason, expires_at=booking.expires_at, now=now)
            )

    def _held(self, offer: Offer, terms: OfferTerms, now: datetime) -> Booking:
        lasts = min(terms.rules.offered_for, offer.closes_at - now)
        return Booking.hold(
            BookingId(self.new_id()),
            offer.agreement,
            reference=Reference.draw(terms.reference_prefix, self.chance),
            terms=HoldTerms(lasts=lasts, at_most=lasts),
            now=now,
            purpose=HoldPurpose.OFFER,
        )


def _agreed(
    work: BookingWork, entry: WaitingEntry, house: HouseRules, now: datetime
) -> Offer | None:
    """On today's terms, or None if what was asked for can no longer be had, or is another thing.

    Somebody else's step must not fail of it.
    """
    try:
        offer = agree(work, entry.request, now=now, house=house)
    except Refusal:
        return None
    agreement = offer.agreement
    if agreement.claims != entry.claims or agreement.intervals:
        return None
    if agreement.exclusives and work.inventory.taken_among(agreement.exclusives):
        return None
    return offer
