"""Who takes payments is for settings and secrets to say, and health tells how it stands."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.signing.signatures import signature_of
from application.kernel.secrets import Secret
from application.payments.gateway import NoPaymentProvider, ProviderUnavailable
from domain.payments.provider import Subject
from entrypoints.wiring.container import Container
from tests.fakes.time import Time
from tests.http.desk import Desk, program
from tests.payment_peers import free_port
from tests.unit.test_simulator import ask

pytestmark = pytest.mark.anyio

EVENT = b"""{"id": "evt_1", "object": "event", "type": "charge.refunded", "created": 1780315200,
 "data": {"object": {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"}}}"""


@pytest.fixture
async def desk_with_stripe(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Desk]:
    """Stripe is down: nobody listens at its address."""
    (tmp_path / "mounted").mkdir()
    async with program(
        sqlite_url,
        clock,
        payments="stripe",
        stripe_url=f"http://127.0.0.1:{free_port()}",
        data_dir=tmp_path,
        secrets_dir=tmp_path / "mounted",
    ) as container:
        yield await Desk.opened(container, clock)
        await container.payment_providers.close()()


def keep(container: Container, **secrets: str) -> None:
    folder = container.settings().secrets_dir
    assert folder
    for name, secret in secrets.items():
        (folder / name.replace("_", "-")).write_text(secret)


async def test_without_a_key_nobody_pays(desk_with_stripe: Desk) -> None:
    gateways = desk_with_stripe.container.payment_providers.gateways()
    organization_id = desk_with_stripe.actor.organization_id
    with pytest.raises(NoPaymentProvider):
        gateways.of(organization_id)
    keep(desk_with_stripe.container, stripe_key="sk_test_of_all")

    assert gateways.of(organization_id).provider == "stripe"


async def test_an_organization_s_own_key_goes_before(desk_with_stripe: Desk) -> None:
    container, mine = desk_with_stripe.container, desk_with_stripe.actor.organization_id
    keep(container, stripe_key="sk_test_of_all", **{f"stripe-key-{mine}": "sk_test_of_mine"})
    gateways = container.payment_providers.gateways()

    assert gateways.of(mine).gateway is gateways.of(mine).gateway
    assert gateways.of(mine).gateway is not gateways.of(uuid4()).gateway


async def test_notifications_need_a_secret_and_may_change_it(desk_with_stripe: Desk) -> None:
    container, mine = desk_with_stripe.container, desk_with_stripe.actor.organization_id
    gateways, now = container.payment_providers.gateways(), desk_with_stripe.clock()
    with pytest.raises(NoPaymentProvider):
        gateways.notifications(mine, "stripe")
    keep(container, stripe_webhook="whsec_new", stripe_webhook_previous="whsec_old")
    notifications = gateways.notifications(mine, "stripe")

    for secret in ("whsec_new", "whsec_old"):
        signature = signature_of(EVENT, [Secret(secret)], at=now)
        event = notifications.event_of(EVENT, signature, now=now)
        assert (event.subject, event.reference) == (Subject.PAYMENT, "pi_1")
    with pytest.raises(NoPaymentProvider):
        gateways.notifications(mine, "simulator")


async def test_health_warns_of_what_is_left_alone_and_serves_on(desk_with_stripe: Desk) -> None:
    container = desk_with_stripe.container
    keep(container, stripe_key="sk_test_of_all")
    gateway = container.payment_providers.gateways().of(desk_with_stripe.actor.organization_id)
    before = (await desk_with_stripe.http.get("/readyz")).json()
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await gateway.start(ask(), key="start")
    after = await desk_with_stripe.http.get("/readyz")

    assert before["status"] == "pass"
    assert before["checks"]["payments"] == {"status": "pass"}
    assert (after.status_code, after.json()["status"]) == (200, "warn")
    assert after.json()["checks"]["payments"] == {"status": "warn"}
    assert after.json()["checks"]["refunds"] == {"status": "pass"}


async def test_without_payments_health_says_nothing_of_them(desk: Desk) -> None:
    assert "payments" not in (await desk.http.get("/readyz")).json()["checks"]
