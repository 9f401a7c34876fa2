"""What has become of a whole organization that was to be set up."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.onboarding.refusals import MOST_POOLS
from application.onboarding.set_up import Founded
from entrypoints.http.api_key_shapes import IssuedApiKeyBody
from entrypoints.http.setup_call_shapes import CallDeskBody, CallDeskCounts
from entrypoints.http.setup_shapes import MOST_ASSETS, MOST_KEYS, MOST_MEMBERS, MOST_RESOURCES
from entrypoints.http.shapes import Identifier


class SetupCounts(CallDeskCounts, frozen=True):
    resources: Annotated[int, Meta(ge=0, le=MOST_RESOURCES, examples=[2])]
    sales_terms: Annotated[int, Meta(ge=0, le=MOST_RESOURCES, examples=[2])]
    pools: Annotated[
        int,
        Meta(ge=0, le=MOST_POOLS, description="Nights, days and sessions.", examples=[32]),
    ]
    venues: Annotated[int, Meta(ge=0, le=MOST_ASSETS, examples=[1])]
    trainers: Annotated[int, Meta(ge=0, le=MOST_ASSETS, examples=[1])]
    members: Annotated[int, Meta(ge=0, le=MOST_MEMBERS, examples=[1])]
    api_keys: Annotated[int, Meta(ge=0, le=MOST_KEYS, examples=[1])]


class SetupBody(CallDeskBody, frozen=True):
    """Ids and keys in the order in which they were asked for.

    `crawls` are those of the sites that are read at once.
    """

    organization_id: Identifier
    counts: SetupCounts
    resources: Annotated[Sequence[Identifier], Meta(max_length=MOST_RESOURCES)]
    venues: Annotated[Sequence[Identifier], Meta(max_length=MOST_ASSETS)]
    trainers: Annotated[Sequence[Identifier], Meta(max_length=MOST_ASSETS)]
    members: Annotated[Sequence[Identifier], Meta(max_length=MOST_MEMBERS)]
    api_keys: Annotated[Sequence[IssuedApiKeyBody], Meta(max_length=MOST_KEYS)]

    @classmethod
    def of(cls, founded: Founded) -> "SetupBody":
        return cls._with(founded, [IssuedApiKeyBody.of(one) for one in founded.api_keys])

    @classmethod
    def without_secrets(cls, founded: Founded) -> "SetupBody":
        """What may be kept for whoever repeats the request."""
        keys = [IssuedApiKeyBody.without_secret(one) for one in founded.api_keys]
        return cls._with(founded, keys)

    @classmethod
    def _with(cls, founded: Founded, api_keys: Sequence[IssuedApiKeyBody]) -> "SetupBody":
        desk = founded.call_desk
        return cls(
            organization_id=founded.organization.id,
            counts=SetupCounts(
                resources=len(founded.resources),
                sales_terms=founded.priced,
                pools=founded.pools,
                venues=len(founded.venues),
                trainers=len(founded.trainers),
                members=len(founded.members),
                api_keys=len(api_keys),
                settings=founded.settings,
                agents=len(desk.agents),
                queues=len(desk.queues),
                dispositions=len(desk.dispositions),
                scorecards=len(desk.scorecards),
                sites=len(desk.sites),
                crawls=len(desk.crawls),
            ),
            resources=[resource.id for resource in founded.resources],
            venues=[venue.id for venue in founded.venues],
            trainers=[trainer.id for trainer in founded.trainers],
            members=[member.id for member in founded.members],
            api_keys=api_keys,
            agents=[agent.id for agent in desk.agents],
            queues=[queue.id for queue in desk.queues],
            dispositions=[disposition.id for disposition in desk.dispositions],
            scorecards=[scorecard.id for scorecard in desk.scorecards],
            sites=[site.id for site in desk.sites],
            crawls=[crawl.id for crawl in desk.crawls],
        )
