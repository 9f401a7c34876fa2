"""What went wrong at Twilio: whether it was done, and whether asking again makes sense.

Nothing of the answer gets into our refusals but its code: messages quote numbers of people.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import aiohttp
import anyio
import msgspec
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.response import Response

from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable

NOT_IN_PROGRESS, NOT_FOUND = 21220, 20404
FAMILY_OF_OURS = 400
AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})
NOT_ADMITTED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class Trouble(msgspec.Struct, frozen=True):
    code: int | None = None


@contextmanager
def told(seconds: float) -> Iterator[None]:
    """Raises TelephonyUnavailable, TelephonyRefused or NoTelephony; and after `seconds`."""
    try:
        with anyio.fail_after(seconds):
            yield
    except TwilioException as error:
        raise _refused(error) from None
    except (aiohttp.ClientError, OSError, ValueError, TypeError):
        raise TelephonyUnavailable from None


def _refused(error: TwilioException) -> Exception:
    """Lists are refused in other words than the rest: with the answer and no more."""
    if isinstance(error, TwilioRestException):
        return _said(error.status, error.code)
    for one in error.args:
        if isinstance(one, Response):
            return _said(one.status_code, _code_in(one.text))
    return TelephonyUnavailable()


def _said(status: int, code: int | None) -> Exception:
    if status in NOT_ADMITTED:
        return NoTelephony()
    if status in AGAIN or not FAMILY_OF_OURS <= status < FAMILY_OF_OURS + 100:
        return TelephonyUnavailable()
    return TelephonyRefused(str(code or status))


def _code_in(text: str) -> int | None:
    try:
        return msgspec.json.decode(text, type=Trouble).code
    except msgspec.DecodeError:
        return None
