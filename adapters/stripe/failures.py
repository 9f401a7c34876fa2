"""What went wrong at Stripe: whether it was done, and whether asking again makes sense.

Nothing of the answer gets into our exceptions but its code: messages quote what was sent.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import stripe

from adapters.stripe.amounts import Uneven
from application.payments.gateway import (
    NotAdmitted,
    ProviderRefused,
    ProviderUnavailable,
    UnknownToProvider,
)

CODE = re.compile(r"[a-z0-9_]{1,64}")
UNNAMED = "invalid_request"
NOT_FOUND, CONFLICT = 404, 409
# Somebody else is at it right now; Stripe says so in more than one way.
BUSY = frozenset({"lock_timeout", "idempotency_key_in_use", "rate_limit"})


@contextmanager
def told(seconds: float) -> Iterator[None]:
    """Raises ProviderUnavailable, ProviderRefused or UnknownToProvider; and after `seconds`."""
    try:
        with anyio.fail_after(seconds):
            yield
    except Uneven:
        raise ProviderRefused("invalid_amount") from None
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        raise _refused(error) from None
    except stripe.IdempotencyError:
        raise ProviderRefused("idempotency_error") from None
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        raise NotAdmitted(type(error).__name__) from None
    except (stripe.StripeError, TimeoutError, ValueError, TypeError, KeyError) as error:
        raise ProviderUnavailable(type(error).__name__) from None


def _refused(error: stripe.StripeError) -> Exception:
    declined = getattr(error.error, "decline_code", None)
    code = _code(declined or error.code)
    if error.http_status == CONFLICT or code in BUSY:
        return ProviderUnavailable(code)
    if error.http_status == NOT_FOUND or code == "resource_missing":
        return UnknownToProvider(code)
    return ProviderRefused(code)


def _code(given: object) -> str:
    return given if isinstance(given, str) and CODE.fullmatch(given) else UNNAMED
