"""Pages made by Sphinx: as any other, with the version that their title tells.

What they were made from, which they show as well, would only be found twice.
"""

import re

import attrs

from adapters.extraction.generic import read_html
from domain.documentation.pages import ReadPage

SOURCES = "/_sources/"
VERSION = re.compile(rb"<title>[^<]*?\bv?(\d+(?:\.\d+)+[\w.]*) documentation\s*</title>")


def read_sphinx(body: bytes, /, *, url: str, content_type: str) -> ReadPage:
    page = read_html(body, url=url, content_type=content_type)
    page = attrs.evolve(page, links=tuple(link for link in page.links if SOURCES not in link))
    told = VERSION.search(body)
    if page.version is not None or told is None:
        return page
    return attrs.evolve(page, version=told.group(1).decode()[:40])
