"""Which pages belong to a site."""

import re

import attrs

from domain.documentation.urls import origin_of, path_of

MEDIA = re.compile(
    r"\.(7z|avi|bmp|bz2|css|deb|dmg|docx?|eot|epub|exe|flac|gif|gz|ico|inv|iso|jar|jpe?g|js|map"
    r"|mov|mp[34]|msi|odt|ogg|otf|pdf|png|pptx?|rar|rpm|svg|tar|tgz|ttf|wav|web[mp]|whl|woff2?"
    r"|xlsx?|xz|zip|zst)$"
)
NOT_FOR_READING = re.compile(r"/(log-?in|log-?out|sign-?in|sign-?up|sign-?out|register)(/|$)")


@attrs.frozen(kw_only=True)
class Scope:
    """Pages whose address begins with one of `within`, and whose path is like none of `without`.

    In these, `*` stands for anything.
    """

    within: tuple[str, ...]
    without: tuple[str, ...] = ()

    def holds(self, url: str) -> bool:
        """Of a normal form."""
        lower = path_of(url).lower()
        return (
            any(_begins(url, prefix) for prefix in self.within)
            and not MEDIA.search(lower)
            and not NOT_FOR_READING.search(lower)
            and not self._leaves_out(url)
        )

    def may_name_pages(self, url: str) -> bool:
        """Whether a file there is heard about what the pages are: the hosts of pages say so."""
        ours = any(origin_of(url) == origin_of(prefix) for prefix in self.within)
        return ours and not self._leaves_out(url)

    def _leaves_out(self, url: str) -> bool:
        path = path_of(url)
        return any(_is_like(path, like) for like in self.without)


def _begins(url: str, prefix: str) -> bool:
    return url.startswith(prefix) and origin_of(url) == origin_of(prefix)


def _is_like(path: str, like: str) -> bool:
    """In one go from left to right, however many stars there are: anybody may write them."""
    first, *rest = like.split("*")
    if not rest:
        return path == like
    *middle, last = rest
    if not path.startswith(first):
        return False
    at = len(first)
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return path.endswith(last) and len(path) - at >= len(last)
