"""What it takes to help a caller."""

from collections.abc import Iterable

import attrs

LEVELS = range(1, 4)


@attrs.frozen(kw_only=True)
class Needs:
    """All of those skills, that department if one is named, and that level at the least."""

    skills: tuple[str, ...] = ()
    department: str | None = None
    level: int = 1

    @property
    def tags(self) -> frozenset[str]:
        departments = () if self.department is None else (self.department,)
        return self.tags_of(self.skills, departments)

    @staticmethod
    def tags_of(skills: Iterable[str], departments: Iterable[str]) -> frozenset[str]:
        """Skills and departments side by side, and never one for the other."""
        return frozenset(
            {
                *(f"skill:{skill}" for skill in skills),
                *(f"department:{department}" for department in departments),
            }
        )

    def met_by(self, tags: frozenset[str], level: int) -> bool:
        return self.tags <= tags and self.level <= level
