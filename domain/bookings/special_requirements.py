"""What somebody needs to take part, and how urgently it has to be known."""

import re
from enum import Enum
from typing import ClassVar
from unicodedata import normalize

import attrs

from domain.kernel.names import tidied
from domain.kernel.personal import personal
from domain.kernel.refusals import Invalid


class RequirementCategory(Enum):
    ACCESSIBILITY = "accessibility"
    MEDICAL = "medical"
    DIETARY = "dietary"
    OTHER = "other"


class Priority(Enum):
    """Whoever runs the session is told at once of all that is more than standard."""

    CRITICAL = "critical"
    HIGH = "high"
    STANDARD = "standard"

    @property
    def urgent(self) -> bool:
        return self is not Priority.STANDARD


MOST_URGENT_FIRST = tuple(Priority)

CRITICAL_WORDS = re.compile(r"\b(?:medicat|medicine|insulin|epi-?pen|adrenalin)", re.IGNORECASE)
HIGH_WORDS = re.compile(
    r"\b(?:wheelchair|allerg|anaphyla|hearing|deaf|visual|blind|sight|mobility|pregnan)",
    re.IGNORECASE,
)
# Better told too early than too late: what these are about may not be in our words.
NEVER_STANDARD = (RequirementCategory.MEDICAL, RequirementCategory.ACCESSIBILITY)


@attrs.frozen
class BadRequirement(Invalid):
    code: ClassVar[str] = "bad_special_requirement"
    field: ClassVar[str] = "attendees"
    longest: int

    def __str__(self) -> str:
        return f"a special requirement has 1 to {self.longest} characters that can be printed"


def _lines(text: str) -> str:
    return normalize("NFC", "\n".join(map(tidied, text.splitlines()))).strip()


@attrs.frozen(kw_only=True)
class SpecialRequirement:
    """`confidential` ones are shown to those alone who may see confidential things.

    `raised_to` is what whoever entered it thinks of its priority; it never lowers it.
    """

    LONGEST: ClassVar[int] = 1000

    category: RequirementCategory
    text: str = attrs.field(
        converter=_lines, repr=False, metadata=personal("to make it possible to take part")
    )
    raised_to: Priority = Priority.STANDARD
    confidential: bool = False

    def __attrs_post_init__(self) -> None:
        shown = self.text.replace("\n", "")
        if not (shown.isprintable() and 1 <= len(self.text) <= self.LONGEST):
            raise BadRequirement(self.LONGEST)

    @property
    def priority(self) -> Priority:
        return min(self.raised_to, self._by_its_words(), key=MOST_URGENT_FIRST.index)

    def _by_its_words(self) -> Priority:
        if CRITICAL_WORDS.search(self.text):
            return Priority.CRITICAL
        if HIGH_WORDS.search(self.text) or self.category in NEVER_STANDARD:
            return Priority.HIGH
        return Priority.STANDARD
