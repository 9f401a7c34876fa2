"""What a route says about itself, for the guard that lets requests in and for the description."""

from collections.abc import Mapping
from typing import Any

import attrs

from domain.identity.request_limits import Counted
from domain.identity.tiers import Feature
from domain.kernel.actors import Permission
from domain.kernel.refusals import Refusal
from entrypoints.http.deprecation import Deprecated
from entrypoints.http.reading import NO_QUERY, Body, Query


@attrs.frozen(kw_only=True)
class Header:
    """A header that requests are sent with, and what may be refused because of it."""

    name: str
    description: str
    schema: Mapping[str, Any]
    required: bool = False
    refuses: tuple[type[Refusal], ...] = ()


@attrs.frozen(kw_only=True)
class Operation:
    """`needs` is the permission without which nobody is let in, or None for what is public.

    `or_needs` lets in as well; what is shown then is what they may see.
    `sensitive` is what a member does only a short while after showing the password.
    `counts_as` is which limit it counts towards, if not what follows from its method.
    `feature` is what the tier of the organization has to have for it.
    `then` names operations to go on with, and their parameters as OpenAPI's runtime expressions.
    """

    tag: str
    needs: Permission | None
    shows: Any
    or_needs: Permission | None = None
    status: int = 200
    media_type: str = "application/json"
    sends: tuple[Header, ...] = ()
    query: Query[Any] = NO_QUERY
    body: Body[Any] | None = None
    refuses: tuple[type[Refusal], ...] = ()
    sensitive: bool = False
    deprecated: Deprecated | None = None
    counts_as: Counted | None = None
    feature: Feature | None = None
    then: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)

    def __deepcopy__(self, _memo: object) -> "Operation":
        """Litestar copies routes with all they have; what never changes need not be copied."""
        return self

    @property
    def enough(self) -> tuple[Permission, ...]:
        """Each of these lets in."""
        return tuple(filter(None, (self.needs, self.or_needs)))

    @property
    def opt(self) -> dict[str, "Operation"]:
        """As Litestar keeps it beside a route."""
        return {"operation": self}


def operation_of(handler: Any) -> Operation:
    """Raises KeyError for a route that says nothing about itself: nobody is let in there."""
    operation: Operation = handler.opt["operation"]
    return operation
