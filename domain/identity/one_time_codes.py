"""Codes that change with the time (RFC 6238), as every authenticator knows them."""

import hmac
from base64 import b32encode
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import quote, urlencode

SECRET_BYTES = 20
SECONDS = 30
DIGITS = 6
DRIFT = 1
"""By how many steps the clock of somebody's telephone may be wrong."""


def draw_secret(chance: Callable[[int], int]) -> bytes:
    return bytes(chance(256) for _ in range(SECRET_BYTES))


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // SECONDS


def code_at(step: int, secret: bytes, *, digits: int = DIGITS) -> str:
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = mac[-1] & 15
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number)[-digits:].zfill(digits)


def step_of(code: str, secret: bytes, *, now: datetime) -> int | None:
    """The step whose code it is, of those that are good now."""
    steps = range(step_at(now) - DRIFT, step_at(now) + DRIFT + 1)
    return _only(step for step in steps if hmac.compare_digest(code_at(step, secret), code))


def _only(steps: Iterable[int]) -> int | None:
    """The latest, after all of them were compared, so that the time it takes tells nothing."""
    return max(list(steps), default=None)


def written(secret: bytes) -> str:
    """As people type it."""
    return b32encode(secret).decode()


def setup_link(secret: bytes, *, organization: str, email: str) -> str:
    """What an authenticator reads, mostly from a picture of it."""
    label = f"{quote(organization, safe='')}:{quote(email, safe='')}"
    said = {
        "secret": written(secret),
        "issuer": organization,
        "algorithm": "SHA1",
        "digits": DIGITS,
        "period": SECONDS,
    }
    return f"otpauth://totp/{label}?{urlencode(said, quote_via=quote)}"
