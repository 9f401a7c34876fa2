"""Set up a whole organization at once: all of it, or nothing."""

from collections.abc import Mapping, Sequence

import attrs

from application.identity.change_setting import must_be_settable, set_all
from application.identity.invite_member import InviteMember, invite, invited_by
from application.identity.issue_api_key import IssueApiKey, IssuedApiKey, issued_by, keep
from application.identity.ports import Digest, Settle
from application.identity.settled import Settled
from application.inventory.add_asset import keep_new
from application.kernel.once import Once
from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.onboarding.new_call_desk import CallDesk, NewCallDesk, Newcomers
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
from domain.kernel.settings import Value


@attrs.frozen(kw_only=True)
class NewValue:
    """Of two for one setting, the later one counts."""

    key: str
    value: Value


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
    settings: tuple[NewValue, ...] = ()
    call_desk: NewCallDesk = attrs.field(factory=NewCallDesk)
    once: Once["Founded"] | None = None

    def demand(self) -> None:
        """Raises NotPermitted: each part needs what it needs elsewhere."""
        if self.name is not None:
            self.actor.must(Permission.MANAGE_ORGANIZATION)
        if self.members:
            self.actor.must(Permission.MANAGE_MEMBERS)
        if self.api_keys:
            self.actor.must(Permission.MANAGE_KEYS)
        if self.settings:
            self.actor.must(Permission.MANAGE_SETTINGS)
        for permission in self.call_desk.needs():
            self.actor.must(permission)


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
    settings: int
    call_desk: CallDesk


@attrs.frozen(kw_only=True)
class SetUpHandler:
    unit_of_work: UnitOfWork[OnboardingWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    digest: Digest
    settle: Settle

    async def __call__(self, command: SetUp, /) -> Founded:
        """Raises PartRefused for the first part that is refused, and then nothing has changed."""
        if not command.settings:
            return await self._set_up(command)
        return await Settled(self._set_up, self.settle)(command)

    async def _set_up(self, command: SetUp, /) -> Founded:
        command.demand()
        now = self.clock()
        values = _settable(command.settings)
        assortment = Assortment.of(command.resources, new_id=self.new_id, now=now)
        members, api_keys = self._members(command), self._api_keys(command)
        newcomers = Newcomers(
            members=[member.id for member in members],
            api_keys=[issued.api_key.id for issued in api_keys],
        )
        call_desk = CallDesk.of(command.call_desk, newcomers, new_id=self.new_id, now=now)

        def set_up(work: OnboardingWork) -> Founded:
            organization = work.organizations.own()
            if command.name is not None:
                with part("organization"):
                    renamed = organization.renamed(command.name, now=now)
                organization = work.organizations.save(renamed)
            set_all(work, values, command.actor, now=now)
            return Founded(
                organization=organization,
                resources=assortment.keep(work),
                priced=len(assortment.terms),
                pools=len(assortment.pools),
                venues=self._kept(work, command.venues),
                trainers=self._kept(work, command.trainers),
                members=_invited(work, members),
                api_keys=keep(work, api_keys, now=now),
                settings=len(values),
                call_desk=call_desk.keep(work, new_id=self.new_id, now=now),
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


def _settable(settings: Sequence[NewValue]) -> Mapping[str, Value]:
    for place, one in enumerate(settings):
        with part("settings", place):
            must_be_settable(one.key, one.value)
    return {one.key: one.value for one in settings}


def _invited(work: OnboardingWork, members: Sequence[Member]) -> tuple[Member, ...]:
    invited, inviting = [], invite(work, members)
    for place in range(len(members)):
        with part("members", place):
            invited.append(next(inviting))
    return tuple(invited)
