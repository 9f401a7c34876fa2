"""What a robots.txt means, read by protego."""

import attrs
from protego import Protego

from application.documentation.robots import ReadRobots, Robots
from domain.documentation.urls import path_of

ITSELF = "/robots.txt"


@attrs.frozen
class ProtegoRobots(Robots):
    read: Protego
    name: str

    def allows(self, url: str, /) -> bool:
        return path_of(url) == ITSELF or bool(self.read.can_fetch(url, self.name))

    @property
    def delay(self) -> float | None:
        delay = self.read.crawl_delay(self.name)
        return None if delay is None else float(delay)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self.read.sitemaps)


@attrs.frozen
class ReadByProtego(ReadRobots):
    """`name` is what the groups of a robots.txt call us."""

    name: str

    def __call__(self, text: str, /) -> Robots:
        return ProtegoRobots(Protego.parse(text.removeprefix("\ufeff")), self.name)
