"""What Twilio says by itself, believed if it has signed it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

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
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        if not self.signatures.of_form(signed, pairs):
            raise BadTelephonySignature
        return pairs


def _told(form: Mapping[str, str], asked: Mapping[str, str], now: datetime) -> Told:
    try:
        return Told(fact=heard_in(form, asked, now=now), incoming=incoming_in(form))
    except KeyError as missing:
        raise ValueError(f"{missing} is missing") from None
