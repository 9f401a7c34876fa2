"""Why a data source is not kept as it was said."""

from typing import ClassVar

import attrs

from domain.kernel.refusals import Conflict, Invalid


@attrs.frozen
class BadConnection(Invalid):
    """`why` says what is missing or wrong about it."""

    code: ClassVar[str] = "bad_connection"
    field: ClassVar[str] = "connection"
    why: str

    def __str__(self) -> str:
        return f"it cannot be reached like that: {self.why}"


@attrs.frozen
class TooManyDataSources(Conflict):
    """The organization has as many data sources as its tier allows, archived ones aside."""

    code: ClassVar[str] = "too_many_data_sources"
    most: int

    def __str__(self) -> str:
        return f"there are {self.most} data sources, and there may be no more; archive one first"
