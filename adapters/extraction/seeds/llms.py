"""llms.txt, and sitemaps that are a list of addresses: whatever is linked or written there."""

from adapters.extraction.markdown import LINK
from application.documentation.ports import Unreadable
from domain.documentation.pages import ReadPage
from domain.documentation.urls import LONGEST_URL, WHOLE

MOST_PAGES = 50_000


def read_list(body: bytes, /, *, url: str) -> ReadPage:
    """Raises Unreadable."""
    if b"\0" in body:
        raise Unreadable("It is no text.")
    text = body.decode("utf-8-sig", "replace")
    found = dict[str, None]()
    for line in text.splitlines():
        bare = line.strip()
        written = [bare] if bare.startswith(WHOLE) else LINK.findall(line)
        found.update(dict.fromkeys(each for each in written if len(each) <= LONGEST_URL))
        if len(found) > MOST_PAGES:
            break
    return ReadPage(title=url, sections=(), links=tuple(found)[:MOST_PAGES])
