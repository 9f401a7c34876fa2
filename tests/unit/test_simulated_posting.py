"""Where nobody takes what a simulator posts, the log says so, and keeps to itself what it was."""

from datetime import datetime, timezone

import pytest

from adapters.signing.posting import Signed, is_taken
from application.kernel.secrets import Secret
from tests.unit.test_simulated_deliveries import Door

pytestmark = pytest.mark.anyio

WORDS = Signed(
    body=b"words", header="Stripe-Signature", at=datetime(2026, 1, 1, tzinfo=timezone.utc)
)
ADDRESS = "http://127.0.0.1:8001/v1/somebody"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, []),
        (401, ["what was posted to http://127.0.0.1:8001 was not taken: 401"]),
        (None, ["nobody answers at http://127.0.0.1:8001: ConnectionRefusedError"]),
    ],
)
async def test_a_wrong_address_is_told_of(
    status: int | None, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    taken = await is_taken(WORDS, [Secret("whsec_key")], post=Door([status]), address=ADDRESS)

    assert taken == (not said)
    assert [record.getMessage() for record in caplog.records] == said
