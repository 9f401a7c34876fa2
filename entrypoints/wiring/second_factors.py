"""Wiring of second factors."""

from typing import Any

from dependency_injector import containers, providers

from application.identity.remove_second_factor import (
    RemoveSecondFactorHandler,
    ResetSecondFactorHandler,
)
from application.identity.set_up_second_factor import (
    BeginSecondFactorHandler,
    ConfirmSecondFactorHandler,
    RenewRecoveryCodesHandler,
)
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class SecondFactorsContainer(containers.DeclarativeContainer):
    clock: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    digest: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    work: Any = providers.Dependency()
    views: Any = providers.Dependency()
    codes: Any = providers.Dependency()
    reauthentication: Any = providers.Dependency()

    begin = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(
            BeginSecondFactorHandler, unit_of_work=work, views=views, clock=clock, chance=chance
        ),
        observe,
    )
    confirm = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(
            ConfirmSecondFactorHandler,
            unit_of_work=work,
            codes=codes,
            clock=clock,
            chance=chance,
            digest=digest,
        ),
        observe,
    )
    renew_codes = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(
            RenewRecoveryCodesHandler,
            unit_of_work=work,
            codes=codes,
            clock=clock,
            chance=chance,
            digest=digest,
        ),
        observe,
    )
    remove = use_case(
        Permission.USE_ACCOUNT,
        providers.Singleton(
            RemoveSecondFactorHandler,
            unit_of_work=work,
            reauthentication=reauthentication,
            codes=codes,
            clock=clock,
        ),
        observe,
    )
    reset = use_case(
        Permission.MANAGE_MEMBERS,
        providers.Singleton(ResetSecondFactorHandler, unit_of_work=work, clock=clock),
        observe,
    )
