"""What an organization may ask of every call."""

from collections.abc import Sequence
from typing import Any

from domain.kernel.settings import Setting, SettingType, between

MOST_PHRASES = 100
LONGEST_PHRASE = 200


def _phrases(value: Any) -> str | None:
    words = f"must be a list of at most {MOST_PHRASES} different phrases"
    if not isinstance(value, Sequence) or len(value) > MOST_PHRASES:
        return words
    fit = all(isinstance(one, str) and _is_phrase(one) for one in value)
    return None if fit and len(set(value)) == len(value) else words


def _is_phrase(text: str) -> bool:
    return 0 < len(text) <= LONGEST_PHRASE and text.isprintable() and text == text.strip()


def _said(key: str, description: str) -> Setting:
    return Setting(
        key=key,
        type=SettingType.JSON,
        category="quality",
        description=description,
        default=[],
        rule=_phrases,
    )


def _number(key: str, default: int, most: int, description: str) -> Setting:
    return Setting(
        key=key,
        type=SettingType.NUMBER,
        category="quality",
        description=description,
        default=default,
        rule=between(0, most),
    )


QUALITY_SETTINGS: tuple[Setting, ...] = (
    _said("quality.prohibited_phrases", "What the desk must not say in a call."),
    _said("quality.disclosures", "What the desk has to have said in every call."),
    _said(
        "quality.read_back_phrases",
        "One of them is how the desk begins to read a booking back.",
    ),
    _number("quality.greeting_seconds", 10, 600, "So soon after the answer the desk greets."),
    _number("quality.silence_seconds", 20, 3600, "The longest silence, holds left out."),
    _number("quality.holds", 2, 100, "How often a customer is put on hold at the most."),
    _number(
        "quality.interruptions", 3, 1000, "How often the desk interrupts a customer at the most."
    ),
    _number("quality.least_share", 20, 100, "The share of the words that the desk has to say."),
    _number("quality.most_share", 80, 100, "The share of the words that it should not exceed."),
    _number(
        "quality.disposition_minutes",
        5,
        1440,
        "So soon after its end it is noted what came of a call.",
    ),
)
