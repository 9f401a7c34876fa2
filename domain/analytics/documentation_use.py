"""What documentation is asked, what it does not know, and what of it is told to callers."""

from collections.abc import Callable

import attrs

from domain.analytics.figures import Figure, Unit, Value, share


@attrs.frozen(kw_only=True)
class UseTotals:
    """`quoting` are handled calls in which something was quoted, however often; `judged` is what
    was said of passages, `helpful` how much of it was that they helped."""

    questions: int = 0
    unanswered: int = 0
    handled: int = 0
    quoting: int = 0
    quotations: int = 0
    judged: int = 0
    helpful: int = 0


QUESTIONS = "questions asked of documentation, on the days in UTC that begin within the time"
QUOTED = "passages quoted in calls, and the calls"
JUDGED = "what was said of passages"


def _number(
    source: str, name: str, formula: str, of: Callable[[UseTotals], Value | None], unit: Unit
) -> Figure[UseTotals]:
    return Figure(name=name, unit=unit, formula=formula, source=source, of=of)


def _share(
    source: str, name: str, formula: str, of: Callable[[UseTotals], Value | None]
) -> Figure[UseTotals]:
    return _number(source, name, formula, of, Unit.SHARE)


USE_FIGURES = (
    _number(
        QUESTIONS, "questions", "questions, as often as asked", lambda t: t.questions, Unit.TIMES
    ),
    _number(
        QUESTIONS,
        "unanswered",
        "questions for which no passage was found then",
        lambda t: t.unanswered,
        Unit.TIMES,
    ),
    _share(
        QUESTIONS,
        "gap_rate",
        "unanswered / questions",
        lambda t: share(t.unanswered, t.questions),
    ),
    _number(QUOTED, "quotations", "passages quoted", lambda t: t.quotations, Unit.TIMES),
    _number(
        QUOTED, "handled", "answered calls whose line is down", lambda t: t.handled, Unit.CALLS
    ),
    _number(
        QUOTED,
        "calls_with_quotation",
        "handled calls in which a passage was quoted",
        lambda t: t.quoting,
        Unit.CALLS,
    ),
    _share(
        QUOTED,
        "quotation_rate",
        "calls_with_quotation / handled",
        lambda t: share(t.quoting, t.handled),
    ),
    _number(JUDGED, "judgements", "what was said of passages", lambda t: t.judged, Unit.TIMES),
    _number(
        JUDGED, "helpful", "judgements that a passage helped", lambda t: t.helpful, Unit.TIMES
    ),
    _share(JUDGED, "helpful_rate", "helpful / judgements", lambda t: share(t.helpful, t.judged)),
)
