"""What was asked of documentation, on which day, and whether it had an answer."""

from datetime import date

import attrs


@attrs.frozen(kw_only=True)
class Asked:
    """How often on that day, how often in vain, and how many passages there were the last time."""

    day: date
    words: str
    times: int
    unanswered: int
    found: int

    @classmethod
    def once(cls, words: str, *, day: date, found: int) -> "Asked":
        return cls(day=day, words=words, times=1, unanswered=int(found == 0), found=found)

    def then(self, later: "Asked") -> "Asked":
        """Both together, of the same words on the same day."""
        return attrs.evolve(
            later,
            times=self.times + later.times,
            unanswered=self.unanswered + later.unanswered,
        )
