"""What becomes of a password that somebody chooses: it is looked at, then hashed."""

import re

import attrs

from application.identity.people_ports import PasswordHasher, Recipient
from application.kernel.ports import Stale
from domain.identity.members import Member
from domain.identity.passwords import PasswordRules, composed

WORDS = re.compile(r"\w+")


@attrs.frozen(kw_only=True)
class NewPasswords:
    rules: PasswordRules
    hasher: PasswordHasher

    async def hashed(self, password: str, *, chosen_by: Recipient) -> str:
        """Raises what is wrong with it."""
        member = chosen_by.member
        names = (chosen_by.organization, member.name, member.email.partition("@")[0])
        words = [word for name in names for word in (name, *WORDS.findall(name))]
        self.rules.must_be_good(password, words=words, shortest=member.shortest_password)
        return await self.hasher.hash(composed(password))


def must_still_be_long_enough(member: Member, *, as_it_was_chosen: Member) -> None:
    """Raises Stale if a second factor has been removed since the password was looked at."""
    if member.shortest_password > as_it_was_chosen.shortest_password:
        raise Stale(f"members {member.id}")
