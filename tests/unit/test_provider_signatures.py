"""Only what was signed just now, by somebody who knows a secret, is believed."""

from datetime import datetime, timedelta, timezone

import pytest

from adapters.signing.signatures import SignedNotifications, signature_of
from application.kernel.secrets import Secret
from application.payments.gateway import BadSignature
from domain.payments.provider import ProviderEvent, Subject

NOW = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
BODY = b'{"id": "evt_1"}'
OLD, NEW = Secret("whsec_old"), Secret("whsec_new")


def read(body: bytes) -> ProviderEvent:
    return ProviderEvent(
        id="evt_1", type="x", subject=Subject.PAYMENT, reference=body.decode(), created_at=NOW
    )


def notifications(*secrets: Secret) -> SignedNotifications:
    return SignedNotifications(secrets=lambda: secrets, read=read)


def test_a_known_answer() -> None:
    """By the formula of Stripe's documentation, worked out by `openssl dgst -sha256 -hmac`."""
    signed = signature_of(
        b"{}", [Secret("whsec_test")], at=datetime.fromtimestamp(1, timezone.utc)
    )

    assert signed == ("t=1,v1=7500d5d4be4b3ef07af1fe56f7d522d135cdaa7530de557e67cc1049c52de094")


@pytest.mark.parametrize("signing", [[OLD], [NEW], [OLD, NEW]])
def test_any_secret_counts_while_they_change(signing: list[Secret]) -> None:
    signature = signature_of(BODY, signing, at=NOW)

    event = notifications(NEW, OLD).event_of(BODY, signature, now=NOW)

    assert event.reference == BODY.decode()


@pytest.mark.parametrize("late", [-300, 300])
def test_five_minutes_are_forgiven(late: int) -> None:
    signature = signature_of(BODY, [NEW], at=NOW + timedelta(seconds=late))

    assert notifications(NEW).event_of(BODY, signature, now=NOW).id == "evt_1"


GOOD = signature_of(BODY, [NEW], at=NOW)


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        pytest.param(b'{"id":"evt_1"}', GOOD, id="written anew"),
        pytest.param(BODY + b" ", GOOD, id="tampered with"),
        pytest.param(BODY, signature_of(BODY, [Secret("whsec_other")], at=NOW), id="unknown"),
        pytest.param(
            BODY, signature_of(BODY, [NEW], at=NOW - timedelta(seconds=301)), id="replayed"
        ),
        pytest.param(BODY, signature_of(BODY, [NEW], at=NOW + timedelta(seconds=301)), id="early"),
        pytest.param(BODY, GOOD.replace("v1=", "v0="), id="other scheme"),
        pytest.param(BODY, GOOD.partition(",")[2], id="no time"),
        pytest.param(BODY, GOOD.partition(",")[0], id="no signature"),
        pytest.param(BODY, "t=-1,v1=", id="nonsense"),
        pytest.param(BODY, "t=٣,v1=٣", id="other digits"),
        pytest.param(BODY, "v1=0," * 2000, id="endless"),
        pytest.param(BODY, "", id="nothing"),
    ],
)
def test_nothing_else_is_believed(body: bytes, signature: str) -> None:
    with pytest.raises(BadSignature):
        notifications(NEW, OLD).event_of(body, signature, now=NOW)


def test_without_secrets_nobody_is_believed() -> None:
    with pytest.raises(BadSignature):
        notifications().event_of(BODY, signature_of(BODY, [Secret("")], at=NOW), now=NOW)
