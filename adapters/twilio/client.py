"""Twilio's own client, wherever Twilio is."""

import base64
import logging
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from application.kernel.secrets import Secret

HOME = "https://api.twilio.com"
CONNECT = 2.0  # seconds

# It writes what is sent to the log, and those are numbers of people.
logging.getLogger("twilio.async_http_client").setLevel(logging.WARNING)


class Elsewhere(AsyncTwilioHttpClient):
    """Keeps its connections for one account; opened by the first request, on its loop."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(pool_connections=False)
        self._url = url
        self._seconds = seconds

    async def request(self, method: str, url: str, **given: Any) -> Response:  # type: ignore[override]
        """The client would say who asks in a way that aiohttp is about to forget."""
        if self.session is None:
            limits = ClientTimeout(total=self._seconds, connect=CONNECT)
            self.session = ClientSession(timeout=limits)
        asker = ":".join(given.pop("auth")).encode()
        known = {"Authorization": f"Basic {base64.b64encode(asker).decode()}"}
        given["headers"] = {**given["headers"], **known}
        return await super().request(method, url.replace(HOME, self._url, 1), **given)

    async def close(self) -> None:
        session, self.session = self.session, None
        if session is not None:
            await session.close()


def client_of(account: str, token: Secret, http: Elsewhere) -> Client:
    return Client(account, token.value, account_sid=account, http_client=http, environment={})
