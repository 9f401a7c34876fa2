"""What must not be told in logs, by its form and by what it is called."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.kernel.card_numbers import NUMBER_OF_CARD, is_card

LONGEST = 4096
MASK = "[redacted]"
LARGEST_NUMBER = 10**9
MOST_MEMBERS = 50

# Members of these names say something about a person, or open something.
TELLING = re.compile(
    r"pass(word|wd|phrase|port|code)|secret|token|credential|authori[sz]ation|cookie|signature"
    r"|(^|_)(name|e?mail|phone|postcode|born|birth|age|address|driver|text|note|reason|contact)"
    r"|(^|_)(key|pan|cvc|cvv|iban|card|pin|totp|recovery)(_|s?$)",
    re.IGNORECASE,
)

FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"://[^/\s:@]{0,100}:[^/\s@]{1,200}@"), f"://{MASK}@"),
    (re.compile(r"\b(?:fd|sk|pk|rk|whsec)_[A-Za-z0-9_-]{8,}"), "[token]"),
    (re.compile(r"\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?"), "[token]"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{4,}", re.IGNORECASE), rf"\1 {MASK}"),
    (
        re.compile(
            r"\b(\w{0,30}(?:password|passwd|pwd|secret|token|api[_-]?key|authorization|cvc|cvv))"
            r"([\"']?\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&}\])]+)",
            re.IGNORECASE,
        ),
        rf"\1\2{MASK}",
    ),
    (re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*"), "[e-mail]"),
    (re.compile(r"(?<![\w:.])\+[1-9](?:[ ().-]{0,2}[0-9]){6,14}(?![0-9])"), "[phone]"),
)
# What quotes stand around is mostly what somebody sent; names of constraints and the like stay.
QUOTED = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
OF_THE_PROGRAM = re.compile(r"[a-z]+(?:[_.][a-z0-9]+)+")


def redacted(text: str) -> str:
    """Without what looks like a card, a token, a password or an address, and on one line."""
    text = NUMBER_OF_CARD.sub(_without_card, text[:LONGEST])
    for form, words in FORMS:
        text = form.sub(words, text)
    return text if text.isprintable() else "".join(map(_visible, text))


def redacted_complaint(text: str) -> str:
    """What an error says: its first line, since databases quote rows behind it, and no quotes."""
    first, _, _ = text.partition("\n")
    return redacted(QUOTED.sub(_unquoted, first[:LONGEST]))


def is_telling(name: str) -> bool:
    return TELLING.search(name) is not None


def redacted_member(name: str, value: Any) -> Any:
    """A value that a line of the log carries under this name."""
    if is_telling(name):
        return MASK
    match value:
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {str(inner): redacted_member(str(inner), it) for inner, it in value.items()}
        case list() | tuple():
            return [redacted_member(name, item) for item in value]
    return redacted(str(value))


def outline(value: Any, name: str = "") -> Any:
    """What a request said, as far as it can be told: its form, numbers, dates and identifiers."""
    match value:
        case None | bool():
            return value
        case Mapping():
            members = list(value.items())[:MOST_MEMBERS]
            return {redacted(str(key))[:64]: outline(it, str(key)) for key, it in members}
        case str():
            kept = not is_telling(name) and _is_plain(value)
            return value if kept else f"[{len(value)} characters]"
        case Sequence():
            return [outline(item, name) for item in value[:MOST_MEMBERS]]
        case int() | float() if not is_telling(name) and abs(value) < LARGEST_NUMBER:
            return value
    return MASK


def _is_plain(text: str) -> bool:
    if len(text) > len("2027-03-04T09:00:00.000000+00:00") + 8:
        return False
    if text.isdigit() and len(text) < len(str(LARGEST_NUMBER)):
        return True
    for read in (UUID, date.fromisoformat, datetime.fromisoformat):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


def _without_card(found: re.Match[str]) -> str:
    return "[card]" if is_card(found[0]) else found[0]


def _unquoted(found: re.Match[str]) -> str:
    quote, said = found[0][0], found[1] or found[2] or ""
    return found[0] if OF_THE_PROGRAM.fullmatch(said) else f"{quote}…{quote}"


def _visible(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]
