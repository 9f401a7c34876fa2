"""What is personal, marked where it is defined, so that it can be found when it has to go."""

from collections.abc import Mapping

import attrs

PERSONAL = "personal"


def personal(why: str) -> Mapping[str, str]:
    """The metadata of a field that says something about a person, and why it is kept."""
    return {PERSONAL: why}


def is_personal(field: "attrs.Attribute[object]") -> bool:
    return PERSONAL in field.metadata
