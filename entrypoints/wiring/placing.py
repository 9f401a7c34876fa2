"""Wiring of whatever offers callers to agents, as the organization has set it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dependency_injector import providers

from application.calls.placing import Patience, Placing
from domain.kernel.actors import Permission
from domain.kernel.setting_catalogue import CATALOGUE
from entrypoints.wiring.fitting import Values, fitted
from entrypoints.wiring.wrapping import Observe, use_case


def patience_of(values: Values) -> Patience:
    return Patience(
        offer=timedelta(seconds=values["escalations.offer_seconds"]),
        lease=timedelta(minutes=values["escalations.lease_minutes"]),
        wrap_up=timedelta(seconds=values["escalations.wrap_up_seconds"]),
    )


def with_patience(values: Values) -> Mapping[str, Any]:
    return {"patience": patience_of(values)}


def with_placing(values: Values) -> Mapping[str, Any]:
    return {"placing": Placing(patience=patience_of(values))}


DEFAULTS: Values = {key: setting.default for key, setting in CATALOGUE.items()}
USUAL = patience_of(DEFAULTS)


def placing_use_case(
    handler: Any,
    business_settings: providers.Provider[object],
    observe: providers.Provider[Observe],
    **given: Any,
) -> providers.Provider[object]:
    """One of those by which agents are taken and freed, as the organization has set it."""
    made = providers.Singleton(handler, placing=providers.Object(Placing(patience=USUAL)), **given)
    return use_case(
        Permission.HANDLE_OWN_CALLS, fitted(business_settings, made, with_placing), observe
    )
