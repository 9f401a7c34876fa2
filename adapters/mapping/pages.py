"""Pages and passages between their tables and the domain."""

from hashlib import blake2b

import msgspec

from domain.documentation.pages import Section


def digest_of(section: Section) -> str:
    """The same for sections that say the same under the same headings."""
    told = msgspec.json.encode((section.anchor, section.path, section.text, section.symbols))
    return blake2b(told, digest_size=16).hexdigest()
