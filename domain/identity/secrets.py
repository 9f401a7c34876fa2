"""Secrets that say whose they are: the organization is known before anything is looked up.

`fd_<what for>_`, the organization in 32 hexadecimal digits, and 43 characters of base 62 drawn at
random: 256 bits.
"""

import re
from collections.abc import Callable
from uuid import UUID

from domain.identity.api_keys import ALPHABET
from domain.kernel.identifiers import OrganizationId

RANDOM = 43
LENGTH_WITHOUT_WORD = len("fd__") + 32 + 1 + RANDOM


def drawn(word: str, organization_id: OrganizationId, chance: Callable[[int], int]) -> str:
    """A new secret; `chance` gives an unguessable number below its argument."""
    random = "".join(ALPHABET[chance(len(ALPHABET))] for _ in range(RANDOM))
    return f"fd_{word}_{organization_id.hex}_{random}"


def pattern(word: str) -> str:
    return rf"fd_{word}_([0-9a-f]{{32}})_[0-9A-Za-z]{{{RANDOM}}}"


def organization_on(word: str, secret: str) -> OrganizationId | None:
    """Whose it says it is; None for what has not the shape of one."""
    shape = re.fullmatch(pattern(word), secret)
    return OrganizationId(UUID(hex=shape.group(1))) if shape else None
