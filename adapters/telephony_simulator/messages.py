"""What the simulated line tells by itself: JSON, signed as simulated payments are."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone

import attrs
import msgspec

from adapters.signing.signatures import signature_of
from adapters.telephony_simulator.telephony import PROVIDER, STATUSES
from application.calls.telephony_news import (
    BadTelephonySignature,
    Incoming,
    Line,
    Message,
    Told,
)
from application.kernel.secrets import Secret
from domain.calls.facts import Heard

SIGNATURE = "Telephony-Signature"
TOLERANCE = timedelta(seconds=300)
MOST_DIGITS = 12


class News(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers go along where a call comes in: it may be the first that is heard of it.

    What a `leg` of it does is told under the name of the call.
    """

    provider_call: str
    leg: str | None = None
    event: str
    sequence: int
    at: datetime
    call: str | None = None
    inbound: bool = False
    caller: str | None = None
    called: str | None = None


def message_of(news: News) -> bytes:
    return msgspec.json.encode(news)


@attrs.frozen(kw_only=True)
class SimulatedLine(Line):
    """`secrets` are all that count."""

    secrets: Callable[[], Iterable[Secret]] = attrs.field(repr=False)

    def told(self, message: Message, /, *, now: datetime) -> Told:
        self._must_be_signed(message, now)
        news = msgspec.json.decode(message.body, type=News)
        return Told(fact=_fact(news), incoming=_incoming(news))

    def rung(self, message: Message, /, *, now: datetime) -> Told:
        return self.told(message, now=now)

    def instructions(self, provider_call: str, /) -> bytes:
        """Its calls follow their script whatever they are told."""
        return b"{}"

    def _must_be_signed(self, message: Message, now: datetime) -> None:
        given = message.headers.get(SIGNATURE.lower(), "")
        seconds = given.partition(",")[0].removeprefix("t=")
        if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= MOST_DIGITS):
            raise BadTelephonySignature
        at = datetime.fromtimestamp(int(seconds), timezone.utc)
        if abs(now - at) > TOLERANCE:
            raise BadTelephonySignature
        matches = [
            hmac.compare_digest(
                _digest(signature_of(message.body, [secret], at=at)), _digest(given)
            )
            for secret in self.secrets()
        ]
        if not any(matches):
            raise BadTelephonySignature


def _digest(text: str) -> bytes:
    """Of anything, so that what is compared is of one length and plain."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _fact(news: News) -> Heard:
    return Heard(
        provider=PROVIDER,
        provider_call=news.provider_call,
        event=news.event,
        leg=news.leg,
        sequence=news.sequence,
        status=STATUSES.get(news.event),
        at=news.at,
        details={} if news.call is None else {"call": news.call},
    )


def _incoming(news: News) -> Incoming | None:
    if not news.inbound:
        return None
    return Incoming(caller=news.caller, called=news.called)
