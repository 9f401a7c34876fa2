"""Set up a whole organization at once: all of it, or nothing."""

from collections.abc import Sequence

import attrs

from application.identity.invite_member import InviteMember, invite, invited_by
from application.identity.issue_api_key import IssueApiKey, IssuedApiKey, issued_by, keep
from application.identity.ports import Digest
from application.inventory.add_asset import keep_new
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.onboarding.new_resources import Assortment, NewResource
from application.onboarding.ports import OnboardingWork
from application.onboarding.refusals import part
from domain.identity.api_keys import draw
from domain.identity.members import Member
from domain.identity.organizations import Organization
from domain.inventory.assets import Asset, AssetDetails
from domain.inventory.resources import Resource
from domain.inventory.trainers import Trainer
from domain.inventory.venues import Venue
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId, MemberId, UnitId


@attrs.frozen(kw_only=True)
class SetUp:
    """`name` None leaves the organization its name."""

    actor: Actor
    name: str | None = None
    resources: tuple[NewResource, ...] = ()
    venues: tuple[Venue, ...] = ()
    trainers: tuple[Trainer, ...] = ()
    members: tuple[InviteMember, ...] = ()
    api_keys: tuple[IssueApiKey, ...] = ()
    once: Once["Founded"] | None = None

    def demand(self) -> None:
        """Raises NotPermitted: each part needs what it needs elsewhere."""
        if self.name is not None:
            self.actor.must(Permission.MANAGE_ORGANIZATION)
        if self.members:
            self.actor.must(Permission.MANAGE_MEMBERS)
        if self.api_keys:
            self.actor.must(Permission.MANAGE_KEYS)


@attrs.frozen(kw_only=True)
class Founded:
    """Everything in the order in which it was asked for."""

    organization: Organization
    resources: tuple[Resource, ...]
    priced: int
    pools: int
    venues: tuple[Asset, ...]
    trainers: tuple[Asset, ...]
    members: tuple[Member, ...]
    api_keys: tuple[IssuedApiKey, ...]


@attrs.frozen(kw_only=True)
class SetUpHandler:
    unit_of_work: UnitOfWork[OnboardingWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    digest: Digest

    async def __call__(self, command: SetUp, /) -> Founded:
        """Raises PartRefused for the first part that is refused, and then nothing has changed."""
        command.demand()
        now = self.clock()
        assortment = Assortment.of(command.resources, new_id=self.new_id, now=now)
        members, api_keys = self._members(command), self._api_keys(command)

        def set_up(work: OnboardingWork) -> Founded:
            organization = work.organizations.own()
            if command.name is not None:
                with part("organization"):
                    renamed = organization.renamed(command.name, now=now)
                organization = work.organizations.save(renamed)
            return Founded(
                organization=organization,
                resources=assortment.keep(work),
                priced=len(assortment.terms),
                pools=len(assortment.pools),
                venues=self._kept(work, command.venues),
                trainers=self._kept(work, command.trainers),
                members=_invited(work, members),
                api_keys=keep(work, api_keys, now=now),
            )

        return await self.unit_of_work(command.actor, set_up, once=command.once)

    def _kept(self, work: OnboardingWork, details: Sequence[AssetDetails]) -> tuple[Asset, ...]:
        now = self.clock()
        return tuple(
            keep_new(work.units, work.assets, Asset.add(UnitId(self.new_id()), one, now=now))
            for one in details
        )

    def _members(self, command: SetUp) -> Sequence[Member]:
        members = []
        for place, wanted in enumerate(command.members):
            with part("members", place):
                members.append(invited_by(wanted, MemberId(self.new_id()), now=self.clock()))
        return members

    def _api_keys(self, command: SetUp) -> Sequence[IssuedApiKey]:
        return [
            issued_by(
                wanted,
                ApiKeyId(self.new_id()),
                secret=draw(wanted.mode, self.chance),
                digest=self.digest,
                now=self.clock(),
            )
            for wanted in command.api_keys
        ]


def _invited(work: OnboardingWork, members: Sequence[Member]) -> tuple[Member, ...]:
    invited, inviting = [], invite(work, members)
    for place in range(len(members)):
        with part("members", place):
            invited.append(next(inviting))
    return tuple(invited)
