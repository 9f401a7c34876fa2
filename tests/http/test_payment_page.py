"""The payment page of the simulator: for people, keyboards and readers, and nothing to enter."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from application.payments.gateway import NoPaymentProvider, PaymentGateway
from domain.kernel.identifiers import OrganizationId
from domain.payments.provider import ProviderPayment, ProviderStatus
from tests.fakes.time import Time
from tests.http.desk import Desk, program
from tests.unit.test_simulator import SHOP, ask

pytestmark = pytest.mark.anyio

EVIL = "<script>alert('1')</script> & \"more\""


@pytest.fixture
async def simulating(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Desk]:
    async with program(sqlite_url, clock, payments="simulator", data_dir=tmp_path) as container:
        yield await Desk.opened(container, clock)


def gateway_of(desk: Desk) -> PaymentGateway:
    gateway: PaymentGateway = desk.container.payment_providers.gateways().of(
        desk.actor.organization_id
    )
    return gateway


async def started(
    desk: Desk, *, description: str = "A booking", return_url: str = SHOP
) -> tuple[ProviderPayment, str]:
    """The payment, and where its page is."""
    asked = attrs.evolve(ask(), description=description, return_url=return_url)
    payment = await gateway_of(desk).start(asked, key=str(uuid4()))
    assert payment.redirect_url
    return payment, payment.redirect_url.removeprefix("http://127.0.0.1:8000")


async def status_of(desk: Desk, payment: ProviderPayment) -> ProviderStatus:
    return (await gateway_of(desk).look(payment.reference)).status


async def test_a_payment_is_made_in_one_step(simulating: Desk) -> None:
    payment, page = await started(simulating)
    shown = await simulating.http.get(page)
    made = await simulating.http.post(f"{page}/success")

    assert "100.00 GBP" in shown.text
    assert made.status_code == 303
    assert made.headers["Location"].startswith("https://shop.example.com/thanks?basket=1&")
    assert await status_of(simulating, payment) is ProviderStatus.SUCCEEDED


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("confirm", ProviderStatus.SUCCEEDED),
        ("refuse", ProviderStatus.REQUIRES_PAYMENT_METHOD),
        ("walk_away", ProviderStatus.REQUIRES_ACTION),
    ],
)
async def test_the_bank_may_ask(simulating: Desk, answer: str, status: ProviderStatus) -> None:
    payment, page = await started(simulating)
    challenged = await simulating.http.post(f"{page}/three_d_secure")
    shown = await simulating.http.get(page)
    await simulating.http.post(f"{page}/{answer}")

    assert challenged.headers["Location"] == page
    assert "is this payment yours?" in shown.text
    assert await status_of(simulating, payment) is status


async def test_whoever_is_declined_hears_why_and_may_try_again(simulating: Desk) -> None:
    _, page = await started(simulating)
    declined = await simulating.http.post(f"{page}/insufficient_funds")
    shown = await simulating.http.get(page)

    assert declined.headers["Location"] == page
    assert "declined last: insufficient_funds" in shown.text
    assert f'formaction="{page}/success"' in shown.text


async def test_text_is_text(simulating: Desk) -> None:
    _, page = await started(
        simulating, description=EVIL, return_url=f"https://shop.example.com/?x={EVIL}"
    )
    shown = await simulating.http.get(page)

    assert "<script" not in shown.text
    assert "&lt;script&gt;" in shown.text


async def test_nothing_runs_and_forms_lead_to_the_shop_alone(simulating: Desk) -> None:
    _, page = await started(simulating)
    policy = (await simulating.http.get(page)).headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self' https://shop.example.com;" in policy
    assert "unsafe" not in policy


async def test_a_strange_host_gets_into_no_policy(simulating: Desk) -> None:
    _, page = await started(simulating, return_url="https://a;script-src *.evil.example/x")
    policy = (await simulating.http.get(page)).headers["Content-Security-Policy"]

    assert "form-action 'self';" in policy


async def test_it_can_be_used_without_eyes_or_scripts(simulating: Desk) -> None:
    _, page = await started(simulating)
    text = (await simulating.http.get(page)).text

    assert '<html lang="en">' in text
    assert all(part in text for part in ("<title>", "<main>", "<h1>", 'name="viewport"'))
    assert "<input" not in text
    assert "<script" not in text


async def test_what_is_over_or_nobody_s_changes_nothing(simulating: Desk) -> None:
    payment, page = await started(simulating)
    await simulating.http.post(f"{page}/success")

    again = await simulating.http.post(f"{page}/declined")
    stranger = await simulating.http.get("/pay/nobody")

    assert again.headers["Location"] == page
    assert stranger.status_code == 404
    assert stranger.headers["Content-Type"].startswith("text/html")
    assert await status_of(simulating, payment) is ProviderStatus.SUCCEEDED


async def test_there_is_no_page_unless_payments_are_simulated(desk: Desk) -> None:
    answer = await desk.http.get("/pay/nobody")

    assert answer.json()["code"] == "no_such_route"
    with pytest.raises(NoPaymentProvider):
        gateway_of(desk)
    with pytest.raises(NoPaymentProvider):
        desk.container.payment_providers.gateways().notifications(
            OrganizationId(uuid4()), "simulator"
        )
