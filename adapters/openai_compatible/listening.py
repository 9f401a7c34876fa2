"""A model that listens to calls. It is asked once: whoever has no patience has a list of words."""

import asyncio
from collections.abc import Callable, Sequence
from http import HTTPStatus

import attrs
import httpx

from adapters.openai_compatible.wording import impression_in, request_about
from application.calls.listening import DidNotListen, Impression, Listening, NotHeard
from application.kernel.secrets import Secret
from domain.calls.utterances import Utterance

PATH = "/chat/completions"
LARGEST_ANSWER = 2_000_000


@attrs.frozen(kw_only=True)
class ModelListening(Listening):
    """`seconds` is all the time it has, however slowly it answers. `key` is asked for each time.

    Answers are read up to a size, redirections are not followed.
    """

    client: httpx.AsyncClient
    url: str
    model: str
    key: Callable[[], Secret | None] = attrs.field(repr=False)
    seconds: float

    @classmethod
    def open(
        cls, url: str, model: str, key: Callable[[], Secret | None], *, seconds: float
    ) -> "ModelListening":
        client = httpx.AsyncClient(timeout=seconds)
        return cls(client=client, url=url, model=model, key=key, seconds=seconds)

    async def close(self) -> None:
        await self.client.aclose()

    async def __call__(self, utterances: Sequence[Utterance], /) -> Impression:
        try:
            async with asyncio.timeout(self.seconds):
                answer = await self._ask(utterances)
        except TimeoutError:
            raise DidNotListen(NotHeard.TIMED_OUT) from None
        except httpx.TimeoutException:
            raise DidNotListen(NotHeard.TIMED_OUT) from None
        except httpx.HTTPError:
            raise DidNotListen(NotHeard.UNREACHABLE) from None
        return impression_in(answer, utterances)

    async def _ask(self, utterances: Sequence[Utterance]) -> bytes:
        key = self.key()
        headers = {} if key is None else {"Authorization": f"Bearer {key.value}"}
        async with self.client.stream(
            "POST",
            f"{self.url}{PATH}",
            json=request_about(self.model, utterances),
            headers=headers,
        ) as response:
            _must_be_an_answer(response.status_code)
            return await _whole(response)


def _must_be_an_answer(status: int) -> None:
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise DidNotListen(NotHeard.BUSY)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise DidNotListen(NotHeard.FAILED)
    raise DidNotListen(NotHeard.REFUSED)


async def _whole(response: httpx.Response) -> bytes:
    answer = bytearray()
    async for chunk in response.aiter_bytes():
        answer += chunk
        if len(answer) > LARGEST_ANSWER:
            raise DidNotListen(NotHeard.GARBLED)
    return bytes(answer)
