"""What an organization may set for itself: a type, a rule and a default each."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, ClassVar

import attrs

from domain.kernel.refusals import Conflict, Invalid, NotFound

Value = bool | int | str | Sequence[Any] | Mapping[str, Any]
Rule = Callable[[Any], str | None]
"""What a value of the right type has to be like, if it is not like that."""


@attrs.frozen
class UnknownSetting(NotFound):
    code: ClassVar[str] = "unknown_setting"

    def __str__(self) -> str:
        return "there is no setting of that name"


@attrs.frozen
class BadSettingValue(Invalid):
    """The value has another type, or breaks the rule of the setting."""

    code: ClassVar[str] = "bad_setting_value"
    field: ClassVar[str] = "value"
    setting: str
    rule: str

    def __str__(self) -> str:
        return f"{self.setting} {self.rule}"


@attrs.frozen
class SettingNotEditable(Conflict):
    """Only whoever operates the installation sets it, for all organizations."""

    code: ClassVar[str] = "setting_not_editable"
    setting: str

    def __str__(self) -> str:
        return f"{self.setting} is set for the whole installation"


class SettingType(Enum):
    """JSON's own words for them; a date is a string such as 2027-05-14."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    JSON = "json"
    DATE = "date"

    def problem(self, value: object) -> str | None:
        return None if self._is(value) else f"must be a {self.value}"

    def _is(self, value: object) -> bool:
        match self:
            case SettingType.STRING:
                return isinstance(value, str)
            case SettingType.NUMBER:
                return isinstance(value, int) and not isinstance(value, bool)
            case SettingType.BOOLEAN:
                return isinstance(value, bool)
            case SettingType.JSON:
                return isinstance(value, Mapping | list | tuple)
            case SettingType.DATE:
                return isinstance(value, str) and _is_date(value)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def anything(_value: object) -> str | None:
    return None


def between(least: int, most: int) -> Rule:
    return lambda value: (
        None if least <= value <= most else f"must be a whole number from {least} to {most}"
    )


def text(longest: int) -> Rule:
    return lambda value: (
        None
        if len(value) <= longest and value.isprintable() and value == value.strip()
        else f"must have at most {longest} printable characters and no spaces at its ends"
    )


def like(pattern: str, words: str) -> Rule:
    return lambda value: None if re.fullmatch(pattern, value) else f"must be {words}"


@attrs.frozen(kw_only=True)
class Setting:
    """`option` names the option of the installation that is the default, where there is one.

    What is public is shown to anybody who knows the slug of the organization. `of_kinds` are
    defaults of desks of a kind, which go before the usual one.
    """

    key: str
    type: SettingType
    category: str
    description: str
    default: Value
    rule: Rule = attrs.field(default=anything, eq=False, repr=False)
    option: str | None = None
    public: bool = False
    editable: bool = True
    requires_restart: bool = False
    of_kinds: Mapping[str, Value] = attrs.field(factory=dict)

    def must_be(self, value: object) -> None:
        """Raises BadSettingValue."""
        problem = self.type.problem(value) or self.rule(value)
        if problem is not None:
            raise BadSettingValue(self.key, problem)

    def must_be_editable(self) -> None:
        """Raises SettingNotEditable."""
        if not self.editable:
            raise SettingNotEditable(self.key)

    @property
    def tells_its_values(self) -> bool:
        """Texts may name people, so events say only that they were changed."""
        return self.type in {SettingType.NUMBER, SettingType.BOOLEAN, SettingType.DATE}
