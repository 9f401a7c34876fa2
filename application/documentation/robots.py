"""What a site allows whom, by RFC 9309."""

from datetime import timedelta
from typing import Protocol

import attrs

from application.kernel.web import Fetch, Fetched, NotFetched

MOST = 500 * 1024
REDIRECTS = 5
KEPT_FOR = timedelta(hours=24)
SERVER_ERROR = 500
ABSENT = 400
OK = 200

EVERYTHING = ""
NOTHING = "# nobody answered\nUser-agent: *\nDisallow: /\n"


class Robots(Protocol):
    """One robots.txt, as far as it is about us."""

    def allows(self, url: str, /) -> bool: ...

    @property
    def delay(self) -> float | None:
        """Seconds between requests that it asks for."""
        ...

    @property
    def sitemaps(self) -> tuple[str, ...]: ...


class ReadRobots(Protocol):
    def __call__(self, text: str, /) -> Robots: ...


@attrs.frozen(kw_only=True)
class AskForRobots:
    """`user_agent` says who asks. Whoever does not answer allows nothing."""

    fetch: Fetch
    user_agent: str

    async def __call__(self, origin: str, /) -> str:
        """Its robots.txt, or one that says the same as there being none, or no answer."""
        try:
            answer = await self.fetch(
                f"{origin}/robots.txt",
                headers={"user-agent": self.user_agent},
                most=MOST,
                redirects=REDIRECTS,
            )
        except NotFetched:
            return NOTHING
        return _said(answer)


def _said(answer: Fetched) -> str:
    if answer.status >= SERVER_ERROR:
        return NOTHING
    if answer.status != OK:
        return EVERYTHING
    return answer.body.decode(errors="replace")
