"""Conditions on what resources are found by."""

from sqlalchemy import ColumnElement, select

from adapters.schema.catalogue import resource_facets, resource_words
from adapters.schema.inventory import resources
from domain.inventory.wordings import folded
from domain.kernel.actors import Actor

LAST = "\U0010ffff"
"""No word has a character beyond it."""


def has_facet(actor: Actor, facet: str, *values: str) -> ColumnElement[bool]:
    """That the resource has one of these values, in whatever case and with any accents."""
    return resources.c.id.in_(
        select(resource_facets.c.resource_id).where(
            resource_facets.c.organization_id == actor.organization_id,
            resource_facets.c.facet == facet,
            resource_facets.c.value.in_([folded(value) for value in values]),
        )
    )


def has_word(actor: Actor, beginning: str) -> ColumnElement[bool]:
    """That something said about the resource has a word that begins so; it must be folded."""
    return resources.c.id.in_(
        select(resource_words.c.resource_id).where(
            resource_words.c.organization_id == actor.organization_id,
            resource_words.c.word >= beginning,
            resource_words.c.word < beginning + LAST,
        )
    )
