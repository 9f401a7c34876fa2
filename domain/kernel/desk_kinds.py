"""What the kind of a desk makes of its settings."""

from collections.abc import Mapping
from typing import Any

from domain.kernel.knowledge_settings import DESK_KIND, KINDS
from domain.kernel.setting_catalogue import SETTINGS

DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    kind: {setting.key: setting.of_kinds[kind] for setting in SETTINGS if kind in setting.of_kinds}
    for kind in KINDS
}
"""What desks of a kind have before they set anything."""


def kind_in(own: Mapping[str, Any]) -> str:
    """The kind of a desk, of what it has set for itself."""
    return str(own.get(DESK_KIND.key) or DESK_KIND.default)


def of_its_kind(own: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a desk has set for itself, before the defaults of its kind."""
    return {**DEFAULTS.get(kind_in(own), {}), **own}
