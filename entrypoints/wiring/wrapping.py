"""What wraps every use case, outermost first: a span, permission, another try if overtaken."""

from collections.abc import Callable
from typing import Any

from dependency_injector import providers

from application.kernel.counted_syncs import CountedSync
from application.kernel.permitted import Permitted
from application.kernel.ports import UseCase
from application.kernel.retry_stale import RetryStale
from domain.kernel.actors import Permission

Observe = Callable[[UseCase[Any, Any]], UseCase[Any, Any]]
"""Puts a use case under observation, or gives it back as it is."""


def use_case(
    permission: Permission,
    handler: providers.Provider[object],
    observe: providers.Provider[Observe],
    *others: Permission,
) -> providers.Provider[object]:
    """`others` are permissions each of which will do as well."""
    decided = providers.Singleton(RetryStale, handler)
    return observed(providers.Singleton(Permitted, decided, permission, others), observe)


def counted_sync(
    use_case: providers.Provider[object],
    figures: providers.Provider[object],
    of: str,
    went: Callable[[Any], bool],
) -> providers.Provider[object]:
    return providers.Singleton(
        CountedSync, use_case=use_case, figures=figures, of=of, went=providers.Object(went)
    )


def observed(
    use_case: providers.Provider[object], observe: providers.Provider[Observe]
) -> providers.Provider[object]:
    return providers.Singleton(_observed, observe, use_case)


def _observed(observe: Observe, use_case: UseCase[Any, Any]) -> UseCase[Any, Any]:
    return observe(use_case)
