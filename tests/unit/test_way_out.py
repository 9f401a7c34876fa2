"""A way out is made when somebody goes it."""

from collections.abc import Mapping

import attrs
import pytest

from adapters.egress.way_out import Closing, WayOut
from application.kernel.web import Fetched

pytestmark = pytest.mark.anyio


@attrs.define
class Asked(Closing):
    """Answers whatever it is asked, and remembers it."""

    urls: list[str] = attrs.field(factory=list)
    closed: bool = False

    async def __call__(
        self,
        url: str,
        /,
        *,
        headers: Mapping[str, str],
        most: int,
        redirects: int,
    ) -> Fetched:
        self.urls.append(url)
        return Fetched(url=url, status=200, headers=headers, body=b"." * most)

    async def close(self) -> None:
        self.closed = True


@attrs.define
class Making:
    made: list[Asked] = attrs.field(factory=list)

    def __call__(self) -> Closing:
        self.made.append(Asked())
        return self.made[-1]


async def asked(way_out: WayOut, url: str) -> Fetched:
    return await way_out(url, headers={"accept": "text/html"}, most=3, redirects=0)


async def test_it_is_made_when_it_is_gone_first_and_once() -> None:
    making = Making()
    way_out = WayOut(making)
    assert making.made == []

    first, _ = await asked(way_out, "https://one.example"), await asked(way_out, "https://two")

    assert first.body == b"..."
    assert first.headers == {"accept": "text/html"}
    assert [one.urls for one in making.made] == [["https://one.example", "https://two"]]


async def test_what_was_never_made_needs_no_closing() -> None:
    making = Making()

    await WayOut(making).close()

    assert making.made == []


async def test_after_it_was_closed_it_is_made_anew() -> None:
    making = Making()
    way_out = WayOut(making)
    await asked(way_out, "https://one.example")

    await way_out.close()
    await way_out.close()
    await asked(way_out, "https://two.example")

    assert [one.closed for one in making.made] == [True, False]
