"""The options of a source, of the kind that a connector is for."""

from typing import TypeVar

from application.pipelines.connecting import Origin, SourceRefused
from domain.pipelines.source_options import Options

Kind = TypeVar("Kind", bound=Options)


def options_of(origin: Origin, kind: type[Kind]) -> Kind:
    """Raises SourceRefused if they are of another kind."""
    options = origin.connection.options
    if not isinstance(options, kind):
        raise SourceRefused("other_kind")
    return options
