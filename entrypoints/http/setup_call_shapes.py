"""What of setting up is for a desk that answers calls, in JSON."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta

from application.documentation.keep_sites import AddSite
from application.onboarding.new_call_desk import NewAgent, NewScorecard, NewSite
from application.onboarding.refusals import part
from application.onboarding.set_up import NewValue
from domain.kernel.actors import Actor
from entrypoints.http.agent_shapes import AgentInput
from entrypoints.http.scorecard_shapes import MANNERS, ScorecardInput
from entrypoints.http.setting_shapes import MOST_SETTINGS, Key, SettingInput
from entrypoints.http.shapes import Identifier, Output
from entrypoints.http.site_shapes import GUIDE, SiteInput

MOST_AGENTS = 100
MOST_QUEUES = 20
MOST_DISPOSITIONS = 50
MOST_SCORECARDS = 10
MOST_SITES = 20

WHOLE: dict[str, Any] = {
    "settings": [{"key": "calls.wrap_up", "value": True}],
    "agents": [
        {
            "name": "Bert Brecht",
            "kind": "person",
            "member": 0,
            "extension": "+351210000001",
            "skills": ["german"],
            "departments": ["billing"],
        },
        {"name": "Night desk", "kind": "bot", "api_key": 0},
    ],
    "queues": [
        {
            "title": "Front desk",
            "zone": "Europe/Lisbon",
            "answer_within_seconds": 120,
            "waits_at_most_seconds": 900,
        }
    ],
    "dispositions": [{"label": "Booked during the call"}],
    "scorecards": [MANNERS],
    "sites": [GUIDE],
}


class NewAgentInput(AgentInput, frozen=True, kw_only=True):
    """`acts_as` is somebody who was there before; `member` and `api_key` are new as well."""

    member: (
        Annotated[
            int,
            Meta(ge=0, le=49, description="The place in `members`, from 0, of whom it acts as."),
        ]
        | None
    ) = None
    api_key: (
        Annotated[
            int,
            Meta(ge=0, le=19, description="The place in `api_keys`, from 0, of what it acts as."),
        ]
        | None
    ) = None

    def agent(self) -> NewAgent:
        return NewAgent(details=self.details(), member=self.member, api_key=self.api_key)


class NewScorecardInput(ScorecardInput, frozen=True, kw_only=True):
    active: Annotated[
        bool, Meta(description="Whether calls are evaluated by it; otherwise it is a draft.")
    ] = True

    def scorecard(self) -> NewScorecard:
        return NewScorecard(title=self.title, form=self.form(), active=self.active)


class NewSiteInput(SiteInput, frozen=True, kw_only=True):
    crawl: Annotated[bool, Meta(description="Whether it is read at once.")] = False

    def site(self, actor: Actor, place: int) -> NewSite:
        """Raises PartRefused."""
        with part("sites", place):
            return NewSite(
                add=AddSite(
                    actor=actor,
                    title=self.title,
                    kind=self.kind,
                    reading=self.reading(),
                    language=self.language,
                    release=self.release,
                    schedule=self.scheduled(),
                ),
                crawl=self.crawl,
            )


class NewValueInput(SettingInput, frozen=True, kw_only=True):
    """Of two for one setting, the later one counts."""

    key: Key

    def setting(self) -> NewValue:
        return NewValue(key=self.key, value=self.value)


class CallDeskCounts(Output, frozen=True):
    """`settings` were set, two of one setting counting once."""

    settings: Annotated[int, Meta(ge=0, le=MOST_SETTINGS, examples=[1])]
    agents: Annotated[int, Meta(ge=0, le=MOST_AGENTS, examples=[2])]
    queues: Annotated[int, Meta(ge=0, le=MOST_QUEUES, examples=[1])]
    dispositions: Annotated[int, Meta(ge=0, le=MOST_DISPOSITIONS, examples=[1])]
    scorecards: Annotated[int, Meta(ge=0, le=MOST_SCORECARDS, examples=[1])]
    sites: Annotated[int, Meta(ge=0, le=MOST_SITES, examples=[1])]
    crawls: Annotated[int, Meta(ge=0, le=MOST_SITES, examples=[0])]


class CallDeskBody(Output, frozen=True):
    """Ids in the order in which they were asked for; `crawls` of the sites that are read now."""

    agents: Annotated[Sequence[Identifier], Meta(max_length=MOST_AGENTS)]
    queues: Annotated[Sequence[Identifier], Meta(max_length=MOST_QUEUES)]
    dispositions: Annotated[Sequence[Identifier], Meta(max_length=MOST_DISPOSITIONS)]
    scorecards: Annotated[Sequence[Identifier], Meta(max_length=MOST_SCORECARDS)]
    sites: Annotated[Sequence[Identifier], Meta(max_length=MOST_SITES)]
    crawls: Annotated[Sequence[Identifier], Meta(max_length=MOST_SITES)]
