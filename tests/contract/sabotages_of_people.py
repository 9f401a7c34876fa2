"""What is promised about people, broken behind the program's back."""

from adapters.schema.people import members, ownership
from tests.contract.sabotages import DRAWN_LONG_AGO, LONG_AGO, Saboteur, breaks


def forge_owner(saboteur: Saboteur, **values: object) -> None:
    saboteur.insert(
        members,
        id=DRAWN_LONG_AGO,
        version=1,
        email="forged@example.com",
        name="Forged",
        role="owner",
        state="active",
        created_at=LONG_AGO,
        **values,
    )


@breaks("owners_are_counted")
def an_owner_nobody_counted(saboteur: Saboteur) -> object:
    forge_owner(saboteur)
    return saboteur.of


@breaks("owners_are_counted")
def more_owners_counted_than_there_are(saboteur: Saboteur) -> object:
    forge_owner(saboteur)
    saboteur.insert(ownership, owners=2)
    return saboteur.of


@breaks("owners_are_counted")
def an_organization_that_lost_its_last_owner(saboteur: Saboteur) -> object:
    saboteur.insert(ownership, owners=1)
    return saboteur.of


@breaks("second_factors_are_there")
def a_second_factor_that_is_gone(saboteur: Saboteur) -> object:
    forge_owner(saboteur, second_factor_since=LONG_AGO)
    saboteur.insert(ownership, owners=1)
    return DRAWN_LONG_AGO
