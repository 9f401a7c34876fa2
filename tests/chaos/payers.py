"""Customers who pay on the provider's page, and then come back or do not."""

from http import HTTPStatus
from random import Random
from time import monotonic
from urllib.parse import urlsplit

import anyio
import attrs
import httpx

from tests.chaos.customers import PATIENCE, Line, NoAnswer
from tests.chaos.journal import Write

PAYS, CHALLENGED, CONFIRMS, DECLINED = "success", "three_d_secure", "confirm", "declined"
LOOKS_AGAIN_FOR = 5.0


@attrs.frozen(kw_only=True)
class Payer:
    line: Line
    chance: Random

    async def pay(self, booking_id: str) -> None:
        begun = await self.line.write(f"/v1/bookings/{booking_id}/payments", {})
        assert begun.told is not None
        action = begun.told.body.get("next_action")
        if not action or self.chance.random() < 0.1:  # who walks away lets the hold expire
            return
        page = urlsplit(action["redirect_url"]).path
        for choice in self._choices():
            await self._choose(page, choice)
        self.line.journal.paid.add(booking_id)
        comes_back = self.chance.random()
        if comes_back < 0.02:  # of these only the provider tells
            return
        if comes_back > 0.7 or not await self._is_confirmed(booking_id):
            await self._come_back(begun)
        if self.chance.random() < 0.3 and await self._is_confirmed(booking_id):
            await self.line.write(f"/v1/bookings/{booking_id}/cancel")

    def _choices(self) -> tuple[str, ...]:
        first = (DECLINED,) if self.chance.random() < 0.1 else ()
        then = (CHALLENGED, CONFIRMS) if self.chance.random() < 0.2 else (PAYS,)
        return first + then

    async def _choose(self, page: str, choice: str) -> None:
        """Asked again, what was chosen already leads back as well."""
        deadline = monotonic() + PATIENCE
        while not await self._is_sent(f"{page}/{choice}", HTTPStatus.SEE_OTHER):
            if monotonic() > deadline:
                raise NoAnswer(f"{page}/{choice}")

    async def _come_back(self, begun: Write) -> None:
        assert begun.told is not None
        path = f"/v1/payments/{begun.told.body['payment']['id']}/continue"
        deadline = monotonic() + PATIENCE
        while not await self._is_sent(path, HTTPStatus.OK):
            if monotonic() > deadline:
                raise NoAnswer(path)

    async def _is_sent(self, path: str, status: HTTPStatus) -> bool:
        try:
            response = await self.line.http.post(path)
        except httpx.TransportError:
            await anyio.sleep(self.chance.uniform(0.02, 0.1))
            return False
        return response.status_code == status

    async def _is_confirmed(self, booking_id: str) -> bool:
        """Before long, by whoever has heard of it."""
        path, deadline = f"/v1/bookings/{booking_id}", monotonic() + LOOKS_AGAIN_FOR
        while (await self.line.read(path))["state"] != "confirmed":
            if monotonic() > deadline:
                return False
            await anyio.sleep(0.1)
        return True
