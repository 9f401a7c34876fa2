"""What wraps every use case, outermost first: permission, another try for the overtaken."""

from dependency_injector import providers

from application.kernel.permitted import Permitted
from application.kernel.retry_stale import RetryStale
from domain.kernel.actors import Permission


def use_case(
    permission: Permission, handler: providers.Provider[object]
) -> providers.Provider[object]:
    return providers.Singleton(Permitted, providers.Singleton(RetryStale, handler), permission)
