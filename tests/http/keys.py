"""Keys that personal data is sealed with, as somebody changes them."""

import attrs

from adapters.sealing.vault import PersonalKeys
from entrypoints.wiring.ambient import random_bytes


@attrs.define
class Keys:
    now: PersonalKeys = attrs.field(factory=lambda: PersonalKeys.new(random_bytes))

    def __call__(self) -> str:
        return self.now.text

    def renew(self) -> None:
        self.now = self.now.renewed(random_bytes)

    def forget_old(self) -> None:
        self.now = attrs.evolve(self.now, ring=self.now.ring.only())
