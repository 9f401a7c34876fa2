"""What a desk that answers calls has from the beginning: agents, queues, forms, documentation."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import attrs

from application.documentation.keep_sites import AddSite, added_by
from application.documentation.start_crawl import begin
from application.kernel.ports import NewId
from application.onboarding.ports import OnboardingWork
from application.onboarding.refusals import NotOneOfThese, part
from domain.calls.agents import Agent, AgentDetails, AgentTaken
from domain.calls.dispositions import Disposition, DispositionLabelTaken
from domain.calls.forms import Form
from domain.calls.queues import Queue, QueueTerms, QueueTitleTaken
from domain.calls.scorecards import Scorecard
from domain.documentation.crawl import Crawl
from domain.documentation.site import Site
from domain.kernel.actors import Permission
from domain.kernel.identifiers import (
    ActorId,
    AgentId,
    CrawlId,
    DispositionId,
    QueueId,
    ScorecardId,
    SiteId,
)
from domain.kernel.refusals import Conflict

Mark = TypeVar("Mark", bound=Hashable)


@attrs.frozen(kw_only=True)
class Newcomers:
    """Who is set up by the same request, each by its place in it."""

    members: Sequence[UUID]
    api_keys: Sequence[UUID]


@attrs.frozen(kw_only=True)
class NewAgent:
    """It may act as the member or the key at that place of the same request."""

    details: AgentDetails
    member: int | None = None
    api_key: int | None = None

    def agent(self, id: AgentId, newcomers: Newcomers, *, now: datetime) -> Agent:
        """Raises NotOneOfThese."""
        asked = (self.details.acts_as, self.member, self.api_key)
        if len([one for one in asked if one is not None]) > 1:
            raise NotOneOfThese
        acts_as = self.details.acts_as
        for place, those in ((self.member, newcomers.members), (self.api_key, newcomers.api_keys)):
            if place is not None:
                if place >= len(those):
                    raise NotOneOfThese
                acts_as = ActorId(those[place])
        return Agent.add(id, attrs.evolve(self.details, acts_as=acts_as), now=now)


@attrs.frozen(kw_only=True)
class NewScorecard:
    """Calls are evaluated by it at once, or it is a draft."""

    title: str
    form: Form
    active: bool = True

    def scorecard(self, id: ScorecardId, *, now: datetime) -> Scorecard:
        """Raises BadForm or BadBands."""
        added = Scorecard.add(id, self.title, self.form, now=now)
        return added.activate(now=now) if self.active else added


@attrs.frozen(kw_only=True)
class NewSite:
    """`crawl` says whether it is read at once."""

    add: AddSite
    crawl: bool = False


@attrs.frozen(kw_only=True)
class NewCallDesk:
    agents: tuple[NewAgent, ...] = ()
    queues: tuple[QueueTerms, ...] = ()
    dispositions: tuple[str, ...] = ()
    scorecards: tuple[NewScorecard, ...] = ()
    sites: tuple[NewSite, ...] = ()

    def needs(self) -> Iterator[Permission]:
        """What each part needs elsewhere."""
        if self.agents or self.queues:
            yield Permission.WRITE_AGENTS
        if self.dispositions:
            yield Permission.WRITE_CALLS
        if self.scorecards:
            yield Permission.REVIEW_CALLS
        if self.sites:
            yield Permission.WRITE_DOCUMENTATION


@attrs.frozen(kw_only=True)
class CallDesk:
    """Made up before anything is asked of the storage, but for its `crawls`."""

    agents: tuple[Agent, ...]
    queues: tuple[Queue, ...]
    dispositions: tuple[Disposition, ...]
    scorecards: tuple[Scorecard, ...]
    sites: tuple[Site, ...]
    read: frozenset[SiteId]
    crawls: tuple[Crawl, ...] = ()

    @classmethod
    def of(
        cls, wanted: NewCallDesk, newcomers: Newcomers, *, new_id: NewId, now: datetime
    ) -> "CallDesk":
        """Raises PartRefused."""
        agents, scorecards, sites = [], [], []
        for place, agent in enumerate(wanted.agents):
            with part("agents", place):
                agents.append(agent.agent(AgentId(new_id()), newcomers, now=now))
        for place, scorecard in enumerate(wanted.scorecards):
            with part("scorecards", place):
                scorecards.append(scorecard.scorecard(ScorecardId(new_id()), now=now))
        for place, site in enumerate(wanted.sites):
            with part("sites", place):
                sites.append(added_by(site.add, SiteId(new_id()), now=now))
        return cls(
            agents=tuple(agents),
            queues=tuple(Queue.add(QueueId(new_id()), one, now=now) for one in wanted.queues),
            dispositions=tuple(
                Disposition.add(DispositionId(new_id()), label, now=now)
                for label in wanted.dispositions
            ),
            scorecards=tuple(scorecards),
            sites=tuple(sites),
            read=frozenset(
                site.id for site, one in zip(sites, wanted.sites, strict=True) if one.crawl
            ),
        )

    def keep(self, work: OnboardingWork, *, new_id: NewId, now: datetime) -> "CallDesk":
        """Raises PartRefused for whatever is there already."""
        self._must_be_new(work)
        sites = tuple(work.sites.save(site) for site in self.sites)
        return attrs.evolve(
            self,
            agents=tuple(work.agents.save(agent) for agent in self.agents),
            queues=tuple(work.queues.save(queue) for queue in self.queues),
            dispositions=tuple(work.dispositions.save(one) for one in self.dispositions),
            scorecards=tuple(work.scorecards.save(one) for one in self.scorecards),
            sites=sites,
            crawls=tuple(
                begin(work, site, CrawlId(new_id()), now=now)
                for site in sites
                if site.id in self.read
            ),
        )

    def _must_be_new(self, work: OnboardingWork) -> None:
        marks = [agent.details.marks for agent in self.agents]
        known = work.agents.marks_among(frozenset().union(*marks))
        _must_differ("agents", marks, known, AgentTaken())
        titles = [frozenset({queue.terms.title}) for queue in self.queues]
        _must_differ(
            "queues",
            titles,
            work.queues.titles_among(frozenset().union(*titles)),
            QueueTitleTaken(),
        )
        labels = [frozenset({one.label}) for one in self.dispositions]
        _must_differ(
            "dispositions",
            labels,
            work.dispositions.labels_among(frozenset().union(*labels)),
            DispositionLabelTaken(),
        )


def _must_differ(
    name: str, each: Sequence[frozenset[Mark]], known: Collection[Mark], refusal: Conflict
) -> None:
    taken = set(known)
    for place, marks in enumerate(each):
        with part(name, place):
            if marks & taken:
                raise refusal
        taken |= marks
