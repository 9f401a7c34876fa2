"""The route of what is asked of documentation, and of what has no answer there."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.documentation.feedback_ports import Question, QuestionsOf, UsageViews
from application.kernel.pages import BadCursor
from application.kernel.ports import Clock
from domain.kernel.actors import Permission
from domain.kernel.periods import BadDates, DateRange
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import LONGEST_RANGE, ONE_LINE, Output

AnyRequest = Request[Any, Any, Any]

USUAL_DAYS = 30

First = Annotated[
    date,
    Meta(description="The first day, in UTC; 30 days up to today if none is given."),
]
Until = Annotated[date, Meta(description="The day after the last one; tomorrow by default.")]
Answered = Annotated[
    bool,
    Meta(description="`false` for what nothing was found for when it was asked last."),
]
Words = Annotated[
    str, Meta(pattern=ONE_LINE, max_length=300, examples=["cancel within the last hour"])
]
Times = Annotated[int, Meta(ge=0, le=10**12, examples=[12])]


class QuestionsQuery(PageQuery, frozen=True, kw_only=True, rename={"first": "from"}):
    first: First | None = None
    until: Until | None = None
    answered: Answered | None = None


class QuestionBody(Output, frozen=True):
    """`found` is how many passages there were when it was asked last, on `last_day`."""

    words: Words
    times: Times
    unanswered: Times
    found: Times
    last_day: date

    @classmethod
    def of(cls, question: Question) -> "QuestionBody":
        return cls(
            words=question.words,
            times=question.times,
            unanswered=question.unanswered,
            found=question.found,
            last_day=question.last_day,
        )


class QuestionPage(Output, frozen=True):
    items: Annotated[Sequence[QuestionBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


QUERY = Query(QuestionsQuery)


@get(
    "/v1/documentation/queries",
    opt=Operation(
        tag="documentation",
        needs=Permission.READ_DOCUMENTATION,
        query=QUERY,
        shows=QuestionPage,
        refuses=(BadCursor, BadDates),
    ).opt,
)
async def list_asked_questions(
    request: AnyRequest,
    usage_views: NamedDependency[SkipValidation[UsageViews]],
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """What was asked of documentation, the most often asked first."""
    query, cursors = QUERY.of(request), Cursors.of(request)
    page = await usage_views.questions(
        actor_of(request),
        QuestionsOf(dates=_dates(query, clock().date()), answered=query.answered),
        slice=cursors.slice(query),
    )
    items = [QuestionBody.of(question) for question in page.items]
    return cursors.respond(QuestionPage(items=items, next=cursors.write(page.next)))


def _dates(query: QuestionsQuery, today: date) -> DateRange:
    """Raises BadDates."""
    tomorrow = today + timedelta(days=1)
    first = query.first or tomorrow - timedelta(days=USUAL_DAYS)
    return DateRange.of_at_most(LONGEST_RANGE, first, query.until or tomorrow)


router = Router("/", route_handlers=[list_asked_questions])
