"""Who reads which format, by how the file begins: another one is a line here, and a file."""

from adapters.extraction.seeds.inventory import read_inventory
from adapters.extraction.seeds.llms import read_list
from adapters.extraction.seeds.sitemap import read_sitemap
from adapters.extraction.seeds.unpacking import GZIP, unpacked
from domain.documentation.pages import ReadPage

GZIPPED = b"\x1f\x8b"


def read_seed(body: bytes, /, *, url: str) -> ReadPage:
    """Raises Unreadable."""
    plain = unpacked(body, wbits=GZIP) if body.startswith(GZIPPED) else body
    begins = plain[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"# Sphinx inventory"):
        return read_inventory(plain, url=url)
    if begins.startswith(b"<"):
        return read_sitemap(plain, url=url)
    return read_list(plain, url=url)
