"""Who may be told what while a call goes on."""

from uuid import UUID

import attrs
import pytest

from domain.calls.call import Call, Handler
from domain.calls.events import CallIntervened
from domain.calls.interventions import (
    MOST_INTERVENTIONS,
    Intervening,
    Intervention,
    NoBotTalks,
    TooManyInterventions,
    WordsMissing,
)
from domain.calls.legs import Kind
from domain.calls.refusals import CallOver, CallStateForbids
from domain.calls.status import CallStatus
from domain.calls.steps import accept, agree, hold, intervene, transfer
from domain.calls.yeses import MOST_YESES, Agreed, TooManyYeses, Yes
from domain.kernel.identifiers import BookingId
from domain.kernel.refusals import Refusal
from tests.samples import COLLEAGUE, MINUTE, NOW
from tests.samples_of_calls import ME, call, heard, talking

BOOKING = BookingId(UUID(int=77))
ADA = Handler(bot="ada")


def with_bot() -> Call:
    return attrs.evolve(talking(), handler=ADA)


def stepped_in(call: Call, *kinds: Intervening) -> Call:
    for kind in kinds:
        what = Intervention(kind=kind, text="Say less.", by=COLLEAGUE.id, at=NOW + MINUTE)
        call = intervene(call, what)
    return call


def test_who_stepped_in_how_and_when_is_kept() -> None:
    said = stepped_in(with_bot(), Intervening.OVERRIDE)

    (kept,) = said.interventions
    assert (kept.kind, kept.text, kept.by) == (Intervening.OVERRIDE, "Say less.", COLLEAGUE.id)
    event = said.events[-1]
    assert isinstance(event, CallIntervened)
    assert (event.intervention, event.occurred_at) == ("override", NOW + MINUTE)


def test_nobody_steps_in_for_ever_but_a_silent_machine_may_go_on() -> None:
    one = Intervention(kind=Intervening.MESSAGE, text="Hm.", by=COLLEAGUE.id, at=NOW)
    full = attrs.evolve(with_bot(), interventions=(one,) * MOST_INTERVENTIONS)

    with pytest.raises(TooManyInterventions):
        stepped_in(full, Intervening.MESSAGE)
    silent = attrs.evolve(full, bot_paused=True)
    assert not stepped_in(silent, Intervening.RESUME).bot_paused


def test_nobody_says_yes_for_ever() -> None:
    yes = Yes(action=Agreed.BOOK, booking_id=BOOKING, wording="Yes.", by=COLLEAGUE.id, at=NOW)
    almost = attrs.evolve(talking(), yeses=(yes,) * (MOST_YESES - 1))
    full = agree(almost, yes)

    assert len(full.yeses) == MOST_YESES
    with pytest.raises(TooManyYeses):
        agree(full, yes)


def test_a_machine_is_silent_until_it_is_to_go_on() -> None:
    paused = stepped_in(with_bot(), Intervening.PAUSE)
    told = stepped_in(paused, Intervening.OVERRIDE, Intervening.MESSAGE)

    assert paused.bot_paused
    assert told.bot_paused
    assert not stepped_in(told, Intervening.RESUME).bot_paused


def test_whoever_takes_a_call_over_begins_anew() -> None:
    paused = stepped_in(with_bot(), Intervening.PAUSE)
    handed_on = transfer(paused, Kind.COLD, now=NOW)
    taken = accept(attrs.evolve(paused, handler=None), ME, wraps_up=False, now=NOW)

    assert not handed_on.bot_paused
    assert not taken.bot_paused


def test_people_are_not_instructed_but_anybody_is_spoken_to() -> None:
    person, nobody = attrs.evolve(talking(), handler=ME), attrs.evolve(talking(), handler=None)

    for kind in set(Intervening) - {Intervening.MESSAGE}:
        for talks in (person, nobody):
            with pytest.raises(NoBotTalks):
                stepped_in(talks, kind)
    assert stepped_in(person, Intervening.MESSAGE).interventions


@pytest.mark.parametrize(
    ("before", "kinds", "refusal"),
    [
        (call(), [Intervening.MESSAGE], CallStateForbids),
        (with_bot().hear(heard(CallStatus.COMPLETED, NOW)), [Intervening.PAUSE], CallOver),
        (hold(with_bot(), now=NOW), [Intervening.MESSAGE], CallStateForbids),
        (with_bot(), [Intervening.PAUSE, Intervening.PAUSE], CallStateForbids),
        (with_bot(), [Intervening.RESUME], CallStateForbids),
    ],
)
def test_what_makes_no_sense_is_refused(
    before: Call, kinds: list[Intervening], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        stepped_in(before, *kinds)


@pytest.mark.parametrize("kind", [Intervening.MESSAGE, Intervening.OVERRIDE])
def test_there_have_to_be_words(kind: Intervening) -> None:
    with pytest.raises(WordsMissing):
        intervene(with_bot(), Intervention(kind=kind, text=" ", by=COLLEAGUE.id, at=NOW))
