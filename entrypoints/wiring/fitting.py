"""Use cases as organizations have set them: their own times, prefixes and terms."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import attrs
from dependency_injector import providers

from application.bookings.offers import OfferTerms, TermsOf
from application.bookings.take_bookings import DeskTerms
from application.inventory.views import FewOf
from application.kernel.ports import UseCase
from application.kernel.settings import BusinessSettings, Fitted
from domain.bookings.after_calls import AfterCalls, HoldsAfterCalls
from domain.bookings.discounts import Step, Steps
from domain.bookings.holding import HoldPolicy
from domain.bookings.house_rules import HouseRules
from domain.bookings.life import HoldTerms
from domain.bookings.missed_instalments import InstalmentRules
from domain.bookings.waiting import WaitingRules
from domain.inventory.pools import Few
from domain.kernel.actors import Actor
from domain.kernel.setting_catalogue import CATALOGUE
from domain.kernel.settings import Value
from domain.payments.abuse import AbuseRules
from entrypoints.wiring.settings import Settings

Values = Mapping[str, Any]
Fit = Callable[[Values], Mapping[str, Any]]
"""The attributes of a handler that follow from settings."""


def installation_of(settings: Settings) -> Mapping[str, Value]:
    """The options that stand in for the defaults of settings."""
    return {
        setting.key: getattr(settings, setting.option)
        for setting in CATALOGUE.values()
        if setting.option is not None
    }


def installation_values(settings: Settings) -> Values:
    """What an organization goes by that has set nothing."""
    defaults = {setting.key: setting.default for setting in CATALOGUE.values()}
    return {**defaults, **installation_of(settings)}


def fitted(
    settings: providers.Provider[object], handler: providers.Provider[object], *fits: Fit
) -> providers.Provider[object]:
    return providers.Singleton(_fitted, settings, handler, *fits)


def _fitted(settings: BusinessSettings, handler: Any, *fits: Fit) -> UseCase[Any, Any]:
    def fit(values: Values) -> UseCase[Any, Any]:
        changes: dict[str, Any] = {}
        for one in fits:
            changes |= one(values)
        fitting: UseCase[Any, Any] = attrs.evolve(handler, **changes)
        return fitting

    return Fitted(settings=settings, fit=fit)


def payment_terms(values: Values) -> HoldTerms:
    at_most = timedelta(minutes=values["holds.minutes_at_most"])
    lasts = timedelta(minutes=values["holds.minutes"])
    return HoldTerms(lasts=min(lasts, at_most), at_most=at_most)


def policy_of(values: Values) -> HoldPolicy:
    inquiry = timedelta(hours=values["inquiries.hours"])
    approval = timedelta(hours=values["approvals.hours"])
    return HoldPolicy(
        payment=payment_terms(values),
        inquiry=_for_good(inquiry) if values["inquiries.offered"] else None,
        approval=_for_good(approval),
    )


def with_policy(values: Values) -> Mapping[str, Any]:
    return {"policy": policy_of(values)}


def with_abuse_rules(values: Values) -> Mapping[str, Any]:
    rules = AbuseRules(
        per_customer=values["abuse.payments_per_hour"],
        customer_weight=values["abuse.email_weight"],
        per_actor=values["abuse.actor_payments_per_hour"],
        actor_weight=values["abuse.actor_weight"],
        times_usual=values["abuse.amount_times"],
        amount_weight=values["abuse.amount_weight"],
        disposable_weight=values["abuse.disposable_weight"],
        country_weight=values["abuse.country_weight"],
        currency_weight=values["abuse.currency_weight"],
        review_at=values["abuse.review_score"],
        block_at=values["abuse.block_score"],
    )
    return {"rules": rules}


def with_instalment_rules(values: Values) -> Mapping[str, Any]:
    rules = InstalmentRules(
        remind_before=timedelta(hours=values["instalments.remind_hours_before"]),
        grace=timedelta(hours=values["instalments.grace_hours"]),
        cancels=values["instalments.policy"] == "cancel",
    )
    return {"rules": rules}


def with_lapses(values: Values) -> Mapping[str, Any]:
    return {"lapses": values["gift_credit.lapses"]}


def with_after_calls(values: Values) -> Mapping[str, Any]:
    after = AfterCalls(
        holds=HoldsAfterCalls(values["calls.holds_after"]),
        longer=timedelta(minutes=values["calls.holds_after_minutes"]),
    )
    return {"after": after}


def with_terms(values: Values) -> Mapping[str, Any]:
    return {"terms": payment_terms(values)}


def with_prefix(values: Values) -> Mapping[str, Any]:
    return {"reference_prefix": values["references.prefix"]}


def quoted(values: Values) -> Mapping[str, Any]:
    return {"good_for": timedelta(minutes=values["quotes.minutes"])}


def promised(values: Values) -> Mapping[str, Any]:
    return {"good_for": timedelta(minutes=values["promises.minutes"])}


def with_house_rules(values: Values) -> Mapping[str, Any]:
    return {"house": house_rules(values)}


def house_rules(values: Values) -> HouseRules:
    return HouseRules(
        closes_before=timedelta(hours=values["bookings.close_hours_before"]),
        group=Steps(
            steps=tuple(
                Step(least=step["party"], percent=step["percent"])
                for step in values["discounts.groups"]
            )
        ),
    )


def offering(installation: Values) -> TermsOf:
    """For an organization that goes by these values where it has set none of its own."""
    return lambda own: _offer_terms({**installation, **own})


def _offer_terms(values: Values) -> OfferTerms:
    rules = WaitingRules(
        offered_for=timedelta(hours=values["waiting.offer_hours"]),
        passes=values["waiting.passes"],
        saved_for=timedelta(hours=values["waiting.saved_hours"]),
    )
    return OfferTerms(
        reference_prefix=values["references.prefix"], rules=rules, house=house_rules(values)
    )


def numbering(installation: Values) -> Callable[[Values], str]:
    """The prefix of references of an organization that goes by these values otherwise."""
    return lambda own: str({**installation, **own}["references.prefix"])


def few_of(values: Values) -> Few:
    return Few(units=values["availability.few_units"], percent=values["availability.few_percent"])


def selling(installation: Values) -> Callable[[Values], DeskTerms]:
    """For an organization that goes by these values where it has set none of its own."""
    return lambda own: _desk_terms({**installation, **own})


def _desk_terms(values: Values) -> DeskTerms:
    return DeskTerms(
        reference_prefix=values["references.prefix"],
        policy=policy_of(values),
        house=house_rules(values),
    )


def telling_few(installation: Values) -> Callable[[Values], Few]:
    """For an organization that goes by these values where it has set none of its own."""
    return lambda own: few_of({**installation, **own})


def asking_few(settings: BusinessSettings) -> FewOf:
    async def few(actor: Actor) -> Few:
        return few_of(await settings.of(actor))

    return few


def _for_good(lasts: timedelta) -> HoldTerms:
    return HoldTerms(lasts=lasts, at_most=lasts)
