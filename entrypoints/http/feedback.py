"""Routes of what people say of passages."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.documentation.feedback_ports import FeedbackOn, UsageViews
from application.documentation.give_feedback import GiveFeedback
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.documentation.feedback import BEST_RATING, LEAST_RATING, Feedback, PassageNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PageId, PassageId
from entrypoints.http.answers import respond, worded
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.page_shapes import PageUrl
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.passages import Words
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import Identifier, Input, Moment, Output

AnyRequest = Request[Any, Any, Any]

Relevant = Annotated[bool, Meta(description="Whether it answers what was asked.", examples=[True])]
Rating = Annotated[int, Meta(ge=LEAST_RATING, le=BEST_RATING, examples=[4])]
Comment = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00]*$", min_length=1, max_length=2000, examples=["It is about version 2."]
    ),
]


class FeedbackInput(Input, frozen=True):
    """`q` is what was searched for when the passage was found."""

    relevant: Relevant
    rating: Rating | None = None
    comment: Comment | None = None
    q: Words | None = None


class FeedbackQuery(PageQuery, frozen=True, kw_only=True):
    passage_id: Identifier | None = None
    page_id: Identifier | None = None
    relevant: Relevant | None = None


class FeedbackBody(Output, frozen=True):
    """`url` is where the passage stood then; passages that change are others from then on."""

    id: Identifier
    passage_id: Identifier
    page_id: Identifier
    url: PageUrl
    given_by: Identifier
    given_at: Moment
    relevant: Relevant
    rating: Rating | None
    comment: Comment | None
    q: Words | None

    @classmethod
    def of(cls, feedback: Feedback) -> "FeedbackBody":
        return cls(
            id=feedback.id,
            passage_id=feedback.passage_id,
            page_id=feedback.page_id,
            url=feedback.url,
            given_by=feedback.given_by,
            given_at=feedback.given_at,
            relevant=feedback.relevant,
            rating=feedback.rating,
            comment=feedback.comment,
            q=feedback.asked,
        )


class FeedbackPage(Output, frozen=True):
    items: Annotated[Sequence[FeedbackBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


FEEDBACK: Body[FeedbackInput] = Body(
    FeedbackInput,
    examples={
        "useless": {
            "relevant": False,
            "rating": 2,
            "comment": "It is about version 2.",
            "q": "cancel within the last hour",
        }
    },
)
LIST = Query(FeedbackQuery)

_given = worded(FeedbackBody.of, status=201)


@post(
    "/v1/passages/{passage_id:uuid}/feedback",
    opt=Operation(
        tag="documentation",
        needs=Permission.JUDGE_DOCUMENTATION,
        sends=(IDEMPOTENCY_KEY,),
        body=FEEDBACK,
        shows=FeedbackBody,
        status=201,
        refuses=(PassageNotFound,),
    ).opt,
)
async def give_feedback(
    request: AnyRequest,
    passage_id: FromPath[UUID],
    give_feedback: NamedDependency[SkipValidation[UseCase[GiveFeedback, Feedback]]],
) -> Response[bytes]:
    """Say whether a passage helped."""
    data = await FEEDBACK.of(request)
    key = await IdempotencyKey.of(request)
    feedback = await give_feedback(
        GiveFeedback(
            actor=actor_of(request),
            passage_id=PassageId(passage_id),
            relevant=data.relevant,
            rating=data.rating,
            asked=data.q,
            comment=data.comment,
            once=key.once(_given),
        )
    )
    return respond(_given(feedback))


@get(
    "/v1/passages/feedback",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=LIST,
        shows=FeedbackPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_feedback(
    request: AnyRequest, usage_views: NamedDependency[SkipValidation[UsageViews]]
) -> Response[bytes]:
    """What was said of passages, the latest first."""
    query, cursors = LIST.of(request), Cursors.of(request)
    on = FeedbackOn(
        passage_id=None if query.passage_id is None else PassageId(query.passage_id),
        page_id=None if query.page_id is None else PageId(query.page_id),
        relevant=query.relevant,
    )
    page = await usage_views.feedback(actor_of(request), on, slice=cursors.slice(query))
    items = [FeedbackBody.of(feedback) for feedback in page.items]
    return cursors.respond(FeedbackPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[give_feedback, list_feedback])
