"""Transcripts, scorecards, evaluations and the score of a call, over HTTP."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from application.calls.quality_ports import QualityWork
from application.calls.score_call import ScoreCall
from domain.calls.status import CallStatus
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from entrypoints.http.scorecard_shapes import MANNERS
from tests.http.calling import goes_on, of, rings
from tests.http.desk import NOW, Caller, Desk
from tests.samples import MINUTE
from tests.samples_of_calls import heard, talking

pytestmark = pytest.mark.anyio

CARD = "4111 1111 1111 1111"
POLITE = {"item": "polite", "options": ["yes"], "comment": "Throughout"}
REVIEWING = frozenset({Permission.READ_CALLS, Permission.REVIEW_CALLS})


async def call_over(desk: Desk, number: int = 1001) -> str:
    ended = talking(number, now=NOW).hear(heard(CallStatus.COMPLETED, NOW + MINUTE, number))

    def keep(work: QualityWork) -> UUID:
        return work.calls.save(ended).id

    unit_of_work = desk.container.call_quality.unit_of_work()
    return str(await unit_of_work(desk.actor, keep))


def line(speaker: str, text: str, seconds: int, **more: Any) -> dict[str, Any]:
    at = NOW.isoformat().replace("12:00:00", f"12:00:{seconds:02}")
    return {"speaker": speaker, "text": text, "begins_at": at, **more}


async def said(desk: Desk, call: str, *lines: dict[str, Any]) -> httpx.Response:
    return await desk.post(f"/v1/calls/{call}/lines", {"lines": list(lines)})


async def score(desk: Desk, call: str) -> Any:
    command = ScoreCall(actor=desk.actor, call_id=CallId(UUID(call)))
    await desk.container.call_quality.score_call()(command)
    return (await desk.get(f"/v1/calls/{call}/quality")).json()


async def step(
    caller: Caller, seen: httpx.Response, what: str, body: Any = None
) -> httpx.Response:
    path = f"/v1/evaluations/{seen.json()['id']}/{what}"
    return await caller.post(path, body, headers={"If-Match": seen.headers["ETag"]})


async def active_scorecard(desk: Desk) -> str:
    added = await desk.post("/v1/scorecards", MANNERS)
    assert added.status_code == 201, added.text
    path = f"/v1/scorecards/{added.json()['id']}/activate"
    activated = await desk.post(path, headers={"If-Match": added.headers["ETag"]})
    assert activated.json()["edition"] == 1
    return str(added.json()["id"])


async def evaluation(desk: Desk, by: Caller, call: str) -> httpx.Response:
    scorecard = await active_scorecard(desk)
    started = await by.post(f"/v1/calls/{call}/evaluations", {"scorecard_id": scorecard})
    assert started.status_code == 201, started.text
    return started


async def test_lines_are_numbered_felt_for_and_never_hold_a_card_number(desk: Desk) -> None:
    call = await call_over(desk)

    first = await said(desk, call, line("agent", "Hello", 3), line("customer", CARD, 5))
    second = await said(desk, call, line("customer", "Wonderful, thanks", 9, sentiment=0))

    assert (first.status_code, second.status_code) == (201, 201)
    listed = (await desk.get(f"/v1/calls/{call}/lines", params={"speaker": "customer"})).json()
    assert [(one["line"], one["text"], one["sentiment"]) for one in listed["items"]] == [
        (2, "[card]", 0.0),
        (3, "Wonderful, thanks", 0.0),
    ]
    assert [one["sentiment_by"] for one in listed["items"]] == ["lexicon", "given"]


async def test_a_call_is_scored_by_the_documented_formula(desk: Desk) -> None:
    call = await call_over(desk)
    await said(
        desk,
        call,
        line("agent", "Hello, how may I help you today", 3),
        line("customer", f"Thank you, my card is {CARD}", 5),
    )

    found = await score(desk, call)

    assert found["impression"]["source"] == "lexicon"
    assert found["impression"]["summary"].endswith("my card is [card]")
    assert found["components"] == {
        "sentiment": 1.0,
        "compliance": 0.9,
        "accuracy": 0.0,  # nobody noted what came of it
        "professionalism": 1.0,
    }
    assert found["score"] == pytest.approx(0.77)  # 0.3 + 0.27 + 0 + 0.2
    assert (found["band"], found["source"]) == ("good", "automatic")
    assert [one["kind"] for one in found["issues"]] == ["card_number"]
    assert await score(desk, call) == found  # and once more changes nothing


async def test_a_call_nobody_wrote_down_has_no_score(desk: Desk) -> None:
    found = await score(desk, await call_over(desk))

    assert (found["score"], found["band"], found["components"]) == (None, None, None)


async def test_people_answer_dispute_and_settle(desk: Desk) -> None:
    call = await call_over(desk)
    await said(desk, call, line("agent", "Hello", 3))
    await score(desk, call)
    grace, ada = await desk.caller(REVIEWING), await desk.caller(REVIEWING)

    started = await evaluation(desk, grace, call)
    by_rule = [(one["item"], one["source"]) for one in started.json()["answers"]]
    assert by_rule == [("greeted", "rule")]
    incomplete = await step(grace, started, "submit")
    assert (incomplete.status_code, incomplete.json()["code"]) == (409, "answers_missing")

    greeted = {"item": "greeted", "options": ["yes"]}
    saved = await grace.send(
        "PUT",
        f"/v1/evaluations/{started.json()['id']}",
        json={"answers": [{**POLITE, "options": ["no"]}, greeted], "notes": "Oh"},
        headers={"If-Match": started.headers["ETag"]},
    )
    assert [one["source"] for one in saved.json()["answers"]] == ["human", "rule"]
    submitted = await step(grace, saved, "submit")
    assert submitted.json()["result"]["outcome"] == "failed"
    current = (await desk.get(f"/v1/calls/{call}/quality")).json()
    assert (current["score"], current["source"]) == (0.0, "human")

    disputed = await step(ada, submitted, "dispute", {"reason": "They were polite"})
    own = await step(grace, disputed, "take-up")
    assert (own.status_code, own.json()["code"]) == (403, "own_evaluation")
    taken = await step(ada, disputed, "take-up")
    settled = await step(ada, taken, "settle", {"answers": [POLITE, greeted]})

    assert (settled.json()["state"], settled.json()["result"]["score"]) == ("final", 1.0)
    current = await score(desk, call)
    assert (current["score"], current["source"]) == (1.0, "human")
    listed = (await desk.get(f"/v1/calls/{call}/evaluations")).json()["items"]
    assert [one["id"] for one in listed] == [settled.json()["id"]]


async def test_an_edition_stays_while_the_draft_changes(desk: Desk) -> None:
    scorecard = await active_scorecard(desk)
    seen = await desk.get(f"/v1/scorecards/{scorecard}")
    changed = await desk.send(
        "PUT",
        f"/v1/scorecards/{scorecard}",
        json={**MANNERS, "mode": "points"},
        headers={"If-Match": seen.headers["ETag"]},
    )
    first = await desk.get(f"/v1/scorecards/{scorecard}/editions/1")

    assert changed.json()["draft"]["mode"] == "points"
    assert first.json()["form"]["mode"] == "items"
    assert [band["at_least"] for band in first.json()["form"]["bands"]] == [0.0, 0.4, 0.6, 0.8]
    missing = await desk.get(f"/v1/scorecards/{scorecard}/editions/2")
    assert missing.json()["code"] == "scorecard_edition_not_found"
    retired = await desk.post(
        f"/v1/scorecards/{scorecard}/retire", headers={"If-Match": changed.headers["ETag"]}
    )
    assert retired.json()["retired_at"] is not None
    listed = (await desk.get("/v1/scorecards")).json()["items"]
    assert [one["id"] for one in listed] == [scorecard]


async def test_bands_with_a_gap_cannot_be_said(desk: Desk) -> None:
    bands = [{"label": "good", "at_least": 0.6}]

    refused = await desk.post("/v1/scorecards", {**MANNERS, "bands": bands})

    assert (refused.status_code, refused.json()["code"]) == (422, "bad_scorecard_bands")


async def test_whoever_may_only_read_reviews_nothing(desk: Desk) -> None:
    call = await call_over(desk)
    reader = await desk.caller(frozenset({Permission.READ_CALLS}))

    assert (await reader.get(f"/v1/calls/{call}/quality")).status_code == 200
    assert (await reader.post("/v1/scorecards", MANNERS)).status_code == 403


async def test_calls_are_drawn_that_nobody_has_evaluated(desk: Desk) -> None:
    calls = [await call_over(desk, number) for number in (1001, 1002, 1003)]
    started = await evaluation(desk, desk, calls[0])
    path = f"/v1/scorecards/{started.json()['scorecard_id']}/sample"
    period = {"since": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"}

    drawn = await desk.get(path, params=period)
    at_risk = await desk.get(path, params={**period, "plan": "at_risk"})
    never = await desk.get(path, params={"since": period["until"], "until": period["since"]})

    assert sorted(drawn.json()["call_ids"]) == sorted(calls[1:])
    assert at_risk.json()["call_ids"] == []
    assert never.json()["errors"][0]["parameter"] == "until"


async def test_two_reviewers_are_compared(desk: Desk) -> None:
    call = await call_over(desk)
    scorecard = await active_scorecard(desk)
    reviewers = []
    for by, chosen in ((await desk.caller(REVIEWING), "yes"), (desk, "no")):
        started = await by.post(f"/v1/calls/{call}/evaluations", {"scorecard_id": scorecard})
        answers = [
            {"item": "polite", "options": [chosen]},
            {"item": "greeted", "options": ["yes"]},
        ]
        saved = await by.send(
            "PUT",
            f"/v1/evaluations/{started.json()['id']}",
            json={"answers": answers},
            headers={"If-Match": started.headers["ETag"]},
        )
        submitted = await step(by, saved, "submit")
        reviewers.append(submitted.json()["reviewer_id"])

    one, other = reviewers
    found = await desk.get(
        f"/v1/scorecards/{scorecard}/agreement", params={"one": one, "other": other}
    )

    assert found.json() == {"judged": 2, "agreed": 1, "kappa": 0.0}


async def test_lines_of_a_call_that_hides_nothing_itself_stay_readable(sealed_desk: Desk) -> None:
    """All of a call is sealed with one key, and the call is saved again after its lines."""
    call = await rings(sealed_desk, caller=None, called=None)
    await said(sealed_desk, call.json()["id"], line("customer", "It is Ana Sousa", 3))
    await goes_on(sealed_desk, call, "in_progress")
    await sealed_desk.post(of(call, "end"), {"reason": "silence"})

    read = await sealed_desk.get(of(call, "lines"))

    assert [line["text"] for line in read.json()["items"]] == ["It is Ana Sousa"]
