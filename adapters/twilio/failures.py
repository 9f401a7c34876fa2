"""What went wrong at Twilio: whether it was done, and whether asking again makes sense.

Nothing of the answer gets into our refusals but its code: messages quote numbers of people.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import aiohttp
import anyio
from twilio.base.exceptions import TwilioException, TwilioRestException

from application.calls.telephony import NoTelephony, TelephonyRefused, TelephonyUnavailable

NOT_IN_PROGRESS, NOT_FOUND = 21220, 20404
FAMILY_OF_OURS = 400
AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS})
NOT_ADMITTED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@contextmanager
def told(seconds: float) -> Iterator[None]:
    """Raises TelephonyUnavailable, TelephonyRefused or NoTelephony; and after `seconds`."""
    try:
        with anyio.fail_after(seconds):
            yield
    except TwilioRestException as error:
        raise _refused(error) from None
    except (TwilioException, aiohttp.ClientError, OSError, ValueError, TypeError):
        raise TelephonyUnavailable from None


def _refused(error: TwilioRestException) -> Exception:
    if error.status in NOT_ADMITTED:
        return NoTelephony()
    if error.status in AGAIN or not FAMILY_OF_OURS <= error.status < FAMILY_OF_OURS + 100:
        return TelephonyUnavailable()
    return TelephonyRefused(str(error.code or error.status))
