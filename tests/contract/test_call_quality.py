"""Scorecards, evaluations and one current score for each call, wherever they are kept."""

import attrs
import pytest

from application.kernel.ports import Stale
from domain.calls.automatic import Assessment
from domain.calls.compliance import Issue, IssueKind
from domain.calls.evaluations import Evaluation, EvaluationNotFound
from domain.calls.quality import CallQuality, Listener, rated
from domain.calls.rules import Measure, Rule, Verdict
from domain.calls.scorecards import EditionNotFound, Scorecard, ScorecardNotFound
from domain.calls.transcript import Said, numbered
from domain.calls.utterances import Span, Speaker
from tests.contract.storages import Storage, Work
from tests.samples import DESK, NOW, OTHER_DESK
from tests.samples_of_calls import call_id, talking
from tests.samples_of_quality import (
    CARD_ID,
    EVALUATION_ID,
    FORM,
    LATE,
    POLITELY,
    REMARK,
    evaluation,
    scorecard,
)

pytestmark = pytest.mark.anyio

ASSESSMENT = Assessment(
    heard=True,
    sentiment=0,
    issues=(
        Issue(
            kind=IssueKind.PROHIBITED_PHRASE,
            span=Span(line=1, begins=0, ends=4),
            phrase="never",
        ),
    ),
    measures=(Measure(rule=Rule.FEW_HOLDS, verdict=Verdict.KEPT, measured=0),),
)
FOUND = CallQuality(call_id=call_id()).found(
    ASSESSMENT,
    listener=Listener.LEXICON,
    fell_back="timed_out",
    summary="Hello\nGoodbye",
    now=NOW,
)


async def arrange(storage: Storage) -> None:
    def arranged(work: Work) -> None:
        work.calls.save(talking())
        saved = work.scorecards.save(scorecard())
        work.scorecards.save(saved.activate(now=NOW))

    await storage.work(DESK, arranged)


async def test_a_scorecard_comes_back_as_it_was_saved(storage: Storage) -> None:
    await arrange(storage)

    def get(work: Work) -> Scorecard:
        return work.scorecards.get(CARD_ID)

    found = await storage.work(DESK, get)

    assert (found.title, found.draft, found.version) == ("Manners", FORM, 2)
    assert found.active is not None
    assert (found.active.number, found.active.form) == (1, FORM)
    assert list(await storage.events())[-2:] == ["scorecard_added", "scorecard_activated"]


async def test_an_edition_never_changes(storage: Storage) -> None:
    await arrange(storage)
    weightier = attrs.evolve(FORM, sections=(attrs.evolve(FORM.sections[0], weight=9),))

    def change(work: Work) -> None:
        changed = work.scorecards.get(CARD_ID).change("Manners", weightier, now=NOW)
        work.scorecards.save(work.scorecards.save(changed).activate(now=NOW))

    def editions(work: Work) -> list[object]:
        return [work.scorecards.edition(CARD_ID, number).form for number in (1, 2)]

    await storage.work(DESK, change)

    assert await storage.work(DESK, editions) == [FORM, weightier]


async def test_an_evaluation_comes_back_with_what_was_written(storage: Storage) -> None:
    await arrange(storage)
    draft = evaluation(call_id(), POLITELY, LATE, REMARK)

    def keep(work: Work) -> Evaluation:
        return work.evaluations.save(attrs.evolve(draft, notes="Nice"))

    def submit(work: Work) -> Evaluation:
        return work.evaluations.save(work.evaluations.get(EVALUATION_ID).submit(FORM, now=NOW))

    def get(work: Work) -> Evaluation:
        return work.evaluations.get(EVALUATION_ID)

    kept = await storage.work(DESK, keep)
    assert await storage.work(DESK, get) == kept
    submitted = await storage.work(DESK, submit)
    found = await storage.work(DESK, get)

    assert found == submitted
    assert (found.answers, found.notes) == ((POLITELY, LATE, REMARK), "Nice")
    assert found.result is not None
    assert found.result.score == 750


async def test_there_is_one_current_score_a_call(storage: Storage) -> None:
    await arrange(storage)

    def keep(work: Work) -> None:
        work.qualities.save(FOUND)

    def get(work: Work) -> CallQuality:
        return work.qualities.of(call_id())

    nothing = await storage.work(DESK, get)
    await storage.work(DESK, keep)
    with pytest.raises(Stale):
        await storage.work(DESK, keep)

    assert nothing == CallQuality(call_id=call_id())
    assert await storage.work(DESK, get) == attrs.evolve(FOUND, version=1)


async def test_the_call_shows_the_score_and_nought_is_a_sentiment(storage: Storage) -> None:
    await arrange(storage)

    def show(work: Work) -> None:
        work.calls.save(rated(work.calls.locked(call_id()), FOUND, now=NOW))

    def shown(work: Work) -> tuple[int | None, int | None]:
        call = work.calls.get(call_id())
        return call.qa_milli, call.sentiment_milli

    await storage.work(DESK, show)

    assert await storage.work(DESK, shown) == (FOUND.score, 0)
    assert list(await storage.events())[-1] == "qa_score_updated"


async def test_an_evaluation_takes_the_place_of_what_a_program_found(storage: Storage) -> None:
    await arrange(storage)

    def evaluate(work: Work) -> None:
        found = work.qualities.save(FOUND)
        submitted = evaluation(call_id(), POLITELY, LATE).submit(FORM, now=NOW)
        work.evaluations.save(submitted)
        work.qualities.save(found.evaluated_by(submitted, now=NOW))

    def get(work: Work) -> CallQuality:
        return work.qualities.of(call_id())

    await storage.work(DESK, evaluate)
    found = await storage.work(DESK, get)

    assert (found.score, found.band, found.evaluation_id) == (750, "good", EVALUATION_ID)
    assert found.assessment == ASSESSMENT
    again = found.found(ASSESSMENT, listener=Listener.MODEL, fell_back=None, summary="", now=NOW)
    assert again.score == 750


@pytest.mark.parametrize("late", [0, 2])
async def test_whoever_is_overtaken_is_told(storage: Storage, late: int) -> None:
    await arrange(storage)

    def keep(work: Work) -> None:
        work.evaluations.save(evaluation(call_id(), POLITELY))

    def overtaken(work: Work) -> None:
        work.evaluations.save(attrs.evolve(evaluation(call_id(), LATE), version=late))

    await storage.work(DESK, keep)
    with pytest.raises(Stale):
        await storage.work(DESK, overtaken)


async def test_nothing_is_known_of_others(storage: Storage) -> None:
    await arrange(storage)

    def keep(work: Work) -> None:
        work.evaluations.save(evaluation(call_id(), POLITELY))
        work.qualities.save(FOUND)

    await storage.work(DESK, keep)

    def nothing(work: Work) -> CallQuality:
        with pytest.raises(ScorecardNotFound):
            work.scorecards.get(CARD_ID)
        with pytest.raises(EditionNotFound):
            work.scorecards.edition(CARD_ID, 1)
        with pytest.raises(EvaluationNotFound):
            work.evaluations.get(EVALUATION_ID)
        return work.qualities.of(call_id())

    assert (await storage.work(OTHER_DESK, nothing)).version == 0


async def test_what_does_not_exist_is_not_evaluated(storage: Storage) -> None:
    await arrange(storage)
    strays = [
        evaluation(call_id(9), POLITELY),
        attrs.evolve(evaluation(call_id(), POLITELY), edition=2),
    ]
    for stray in strays:

        def keep(work: Work, stray: Evaluation = stray) -> None:
            work.evaluations.save(stray)

        with pytest.raises(Exception, match=r"(?i)foreign key|dangling|call|edition"):
            await storage.work(DESK, keep)


def spoken(*texts: str) -> tuple[Said, ...]:
    return tuple(Said(speaker=Speaker.CUSTOMER, text=text, begins_at=NOW) for text in texts)


async def test_lines_are_numbered_behind_each_other_and_never_change(storage: Storage) -> None:
    await arrange(storage)

    def add(work: Work) -> None:
        for said in (spoken("Hello", "A room, please"), spoken("Thank you")):
            lines = numbered(call_id(), said, behind=work.lines.last(call_id()))
            work.lines.add(call_id(), lines)

    def overwrite(work: Work) -> None:
        work.lines.add(call_id(), numbered(call_id(), spoken("No"), behind=2))

    await storage.work(DESK, add)
    with pytest.raises(Stale):
        await storage.work(DESK, overwrite)

    assert await storage.work(DESK, lambda work: work.lines.last(call_id())) == 3
    assert await storage.work(OTHER_DESK, lambda work: work.lines.last(call_id())) == 0
