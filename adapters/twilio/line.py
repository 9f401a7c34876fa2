"""What Twilio says by itself, believed if it has signed it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import attrs

from adapters.twilio import twiml
from adapters.twilio.reading import heard_in, incoming_in, joined
from adapters.twilio.signatures import HEADER, SETTINGS_HEADER, Signatures, Signed
from application.calls.telephony_news import BadTelephonySignature, Line, Message, Told

MOST_FIELDS = 200


@attrs.frozen(kw_only=True)
class TwilioLine(Line):
    signatures: Signatures

    def told(self, message: Message, /, *, now: datetime) -> Told:
        pairs = self._signed_pairs(message)
        asked = dict(parse_qsl(urlsplit(message.url).query)) if "?" in message.url else {}
        return _told(joined(pairs), asked, now)

    def rung(self, message: Message, /, *, now: datetime) -> Told:
        return self.told(message, now=now)

    def instructions(self, provider_call: str, /) -> bytes:
        return twiml.into_room(provider_call).encode()

    def _signed_pairs(self, message: Message) -> Sequence[tuple[str, str]]:
        """Raises BadTelephonySignature, or ValueError for too many fields."""
        signed = Signed(
            message.url,
            message.headers.get(HEADER.lower(), ""),
            message.headers.get(SETTINGS_HEADER.lower(), ""),
        )
        text = message.body.decode("utf-8", "replace")
        pairs = pairs_in(text)
        if not self.signatures.of_form(signed, pairs):
            raise BadTelephonySignature
        return pairs


def _told(form: Mapping[str, str], asked: Mapping[str, str], now: datetime) -> Told:
    try:
        return Told(fact=heard_in(form, asked, now=now), incoming=incoming_in(form))
    except KeyError as missing:
        raise ValueError(f"{missing} is missing") from None


def pairs_in(form: str) -> Sequence[tuple[str, str]]:
    """As `parse_qsl` reads it with blank values, for a third of the time: most words are plain.

    Raises ValueError for too many fields.
    """
    parts = form.split("&")
    if len(parts) > MOST_FIELDS:
        raise ValueError("too many fields")
    named = (part.partition("=") for part in parts if part)
    return [(_unquoted(name), _unquoted(value)) for name, _, value in named]


def _unquoted(word: str) -> str:
    return unquote_plus(word) if "%" in word or "+" in word else word
