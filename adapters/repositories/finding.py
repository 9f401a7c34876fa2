"""Writes down what a resource is found by."""

from functools import lru_cache

from sqlalchemy import Delete, Table, Uuid, bindparam, delete

from adapters.schema.catalogue import resource_facets, resource_words
from adapters.sql.scope import Scope
from domain.inventory.resources import Resource


def make_findable(scope: Scope, resource: Resource) -> None:
    """In the place of what it was found by until now; comes after the resource itself."""
    this = {"resource_id": resource.id}
    facets = [{**this, "facet": name, "value": value} for name, value in sorted(resource.facets)]
    words = [{**this, "word": word} for word in sorted(resource.words)]
    key = {"p_organization_id": scope.organization_id, "p_resource_id": resource.id}
    for table, rows in ((resource_facets, facets), (resource_words, words)):
        if resource.version > 0:
            scope.execute(_forgetting(table), key)
        for row in rows:
            scope.add(table, **row)


@lru_cache(maxsize=2)
def _forgetting(table: Table) -> Delete:
    return delete(table).where(
        table.c.organization_id == bindparam("p_organization_id", type_=Uuid()),
        table.c.resource_id == bindparam("p_resource_id", type_=Uuid()),
    )
