"""Wiring of setting up an organization at once."""

from dependency_injector import containers, providers

from adapters.repositories.onboarding import SqlOnboardingWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.onboarding.set_up import SetUpHandler
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe, use_case


class OnboardingContainer(containers.DeclarativeContainer):
    settings: providers.Dependency[object] = providers.Dependency()
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    digest: providers.Dependency[object] = providers.Dependency()
    settle: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    set_up = use_case(
        Permission.WRITE_CATALOGUE,
        providers.Singleton(
            SetUpHandler,
            unit_of_work=providers.Singleton(
                SqlUnitOfWork,
                database=database,
                work_on=providers.Object(SqlOnboardingWork.on),
                new_id=new_id,
                clock=clock,
            ),
            clock=clock,
            new_id=new_id,
            chance=chance,
            digest=digest,
            settle=settle,
        ),
        observe,
    )
