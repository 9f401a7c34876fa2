"""What the answers to a form come to."""

from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calls.answers import Answer, AnswerSource, BadAnswer
from domain.calls.bands import USUAL_BANDS, Band, band_of
from domain.calls.forms import (
    BadBands,
    BadForm,
    Condition,
    FailScope,
    Form,
    FormFault,
    Item,
    ItemKind,
    Mode,
    Option,
    Section,
)
from domain.calls.rules import Rule
from domain.calls.scoring import Outcome, scored
from domain.calls.utterances import Span


def choice(key: str, *, weight: int = 1, most: int = 10, **more: object) -> Item:
    options = tuple(Option(key=f"{points}", label="", points=points) for points in range(most + 1))
    item = Item(key=key, question="?", kind=ItemKind.SINGLE, weight=weight, options=options)
    return attrs.evolve(item, **more)  # type: ignore[arg-type]


def yes_or_no(key: str, **more: object) -> Item:
    options = (
        Option(key="yes", label="Yes", points=1),
        Option(key="no", label="No", points=0),
    )
    item = Item(key=key, question="?", kind=ItemKind.BOOLEAN, options=options)
    return attrs.evolve(item, **more)  # type: ignore[arg-type]


def form(*sections: Sequence[Item], mode: Mode = Mode.ITEMS) -> Form:
    made = Form(
        mode=mode,
        sections=tuple(
            Section(key=f"s{number}", title="", weight=number, items=tuple(items))
            for number, items in enumerate(sections, 1)
        ),
    )
    made.demand()
    return made


def said(item: str, *options: str) -> Answer:
    return Answer(item=item, options=options)


def does_not_apply(item: str) -> Answer:
    return Answer(item=item, not_applicable=True)


def test_items_weigh_what_they_weigh() -> None:
    result = scored(
        form([choice("a", weight=3), choice("b", weight=1)]), [said("a", "10"), said("b", "0")]
    )

    assert (result.outcome, result.score, result.band) == (Outcome.SCORED, 750, "good")


def test_sections_weigh_and_the_items_of_one_all_alike() -> None:
    two = form([choice("a", weight=9), choice("b")], [choice("c")], mode=Mode.SECTIONS)

    result = scored(two, [said("a", "10"), said("b", "0"), said("c", "10")])

    assert result.score == round(Fraction(1 * 500 + 2 * 1000, 3))
    assert [section.score for section in result.sections] == [500, 1000]


def test_points_weigh_themselves() -> None:
    points = form([choice("a", weight=9, most=10), choice("b", most=30)], mode=Mode.POINTS)

    assert scored(points, [said("a", "10"), said("b", "0")]).score == 250


def test_what_does_not_apply_weighs_nothing() -> None:
    asked = form([choice("a"), choice("b", weight=9, may_not_apply=True)])

    assert scored(asked, [said("a", "5"), does_not_apply("b")]).score == 500


def test_where_nothing_applies_nothing_is_passed() -> None:
    asked = form([choice("a", may_not_apply=True)])

    assert scored(asked, [does_not_apply("a")]).outcome is Outcome.INCOMPLETE


def test_what_is_not_answered_is_incomplete_and_never_a_pass() -> None:
    result = scored(form([choice("a"), choice("b")]), [said("a", "10")])

    assert (result.outcome, result.score, result.band) == (Outcome.INCOMPLETE, None, None)
    assert result.missing == ("b",)


@pytest.mark.parametrize(
    ("scope", "outcome", "score"),
    [
        (FailScope.ITEM, Outcome.SCORED, 667),
        (FailScope.SECTION, Outcome.SCORED, 333),
        (FailScope.FORM, Outcome.FAILED, 0),
    ],
)
def test_one_answer_can_fail_more_than_itself(
    scope: FailScope, outcome: Outcome, score: int
) -> None:
    worst = Option(key="rude", label="Rude", points=10, fails=scope)
    first = choice("a", options=(worst, Option(key="well", label="", points=10)))
    asked = form([first, choice("b")], [choice("c")])

    result = scored(asked, [said("a", "rude"), said("b", "10"), said("c", "10")])

    assert (result.outcome, result.score, result.failed) == (outcome, score, ("a",))


def test_a_failed_form_is_failed_even_if_something_is_missing() -> None:
    worst = Option(key="rude", label="Rude", points=0, fails=FailScope.FORM)
    first = choice("a", options=(worst, Option(key="well", label="", points=10)))

    result = scored(form([first, choice("b")]), [said("a", "rude")])

    assert (result.outcome, result.score, result.missing) == (Outcome.FAILED, 0, ("b",))


def test_what_depends_on_another_answer_is_asked_only_then() -> None:
    asked = form(
        [
            yes_or_no("booked"),
            choice("read_back", enabled_when=Condition(item="booked", options=("yes",))),
            choice("thanked", enabled_when=Condition(item="read_back", options=("10",))),
        ]
    )

    assert scored(asked, [said("booked", "no")]).score == 0
    assert scored(asked, [said("booked", "yes")]).missing == ("read_back",)
    assert scored(asked, [said("booked", "yes"), said("read_back", "10")]).missing == ("thanked",)
    # An answer to what is not asked (any more) counts for nothing.
    assert scored(asked, [said("booked", "no"), said("read_back", "10")]).score == 0


def test_several_options_add_up() -> None:
    options = tuple(Option(key=key, label="", points=2) for key in ("a", "b", "c", "d"))
    asked = form([choice("many", kind=ItemKind.MULTI, options=options)])

    assert scored(asked, [said("many", "a", "c")]).score == 500


def test_a_number_takes_the_last_option_it_reaches() -> None:
    options = (
        Option(key="quick", label="", points=10),
        Option(key="slow", label="", points=5, at_least=10),
        Option(key="never", label="", points=0, at_least=60),
    )
    asked = form([choice("seconds", kind=ItemKind.NUMERIC, options=options)])

    found = [scored(asked, [Answer(item="seconds", number=n)]).score for n in (-1, 9, 10, 59, 60)]

    assert found == [1000, 1000, 500, 500, 0]


def test_text_is_asked_for_and_never_scored() -> None:
    comment = Item(key="why", question="?", kind=ItemKind.TEXT)
    asked = form([choice("a"), comment])

    assert scored(asked, [said("a", "10")]).score == 1000
    assert scored(asked, [said("a", "10"), Answer(item="why", text="so")]).score == 1000


@pytest.mark.parametrize(
    "answers",
    [
        [said("z", "1")],
        [said("a", "11")],
        [said("a", "1", "2")],
        [said("a", "1"), said("a", "1")],
        [does_not_apply("a")],
        [Answer(item="a")],
        [Answer(item="a", number=1)],
        [Answer(item="a", options=("1",), text="both")],
        [Answer(item="a", options=("1",), source=AnswerSource.MODEL)],
    ],
)
def test_answers_that_do_not_fit_are_refused(answers: list[Answer]) -> None:
    with pytest.raises(BadAnswer):
        scored(form([choice("a")]), answers)


def test_a_model_shows_what_its_answer_rests_on() -> None:
    answer = Answer(
        item="a",
        options=("10",),
        source=AnswerSource.MODEL,
        evidence=(Span(line=1, begins=0, ends=5),),
    )

    assert scored(form([choice("a")]), [answer]).score == 1000


def test_halves_are_rounded_to_the_even_neighbour_and_only_once() -> None:
    def score(points: int) -> int | None:
        asked = form([choice("a", most=1), choice("b", weight=1999, most=1)])
        return scored(asked, [said("a", f"{points}"), said("b", "0")]).score

    assert score(1) == 0  # a half of a thousandth
    asked = form([choice("a", weight=3, most=1), choice("b", weight=1997, most=1)])
    assert scored(asked, [said("a", "1"), said("b", "0")]).score == 2  # one and a half


@pytest.mark.parametrize(
    ("fault", "items"),
    [
        (FormFault.NOTHING_ASKED, []),
        (FormFault.SAME_KEY, [choice("a"), choice("a")]),
        (FormFault.SAME_KEY, [choice("s1")]),
        (FormFault.BAD_OPTIONS, [choice("a", most=0)]),
        (FormFault.BAD_OPTIONS, [choice("a", kind=ItemKind.NUMERIC)]),
        (FormFault.BAD_OPTIONS, [choice("a", kind=ItemKind.BOOLEAN)]),
        (FormFault.BAD_OPTIONS, [choice("a", kind=ItemKind.TEXT)]),
        (
            FormFault.BAD_OPTIONS,
            [
                choice(
                    "a",
                    options=(
                        Option(key="x", label="", points=-1),
                        Option(key="y", label="", points=1),
                    ),
                )
            ],
        ),
        (
            FormFault.BAD_CONDITION,
            [choice("a", enabled_when=Condition(item="b", options=("1",))), choice("b")],
        ),
        (
            FormFault.BAD_CONDITION,
            [choice("b"), choice("a", enabled_when=Condition(item="b", options=("99",)))],
        ),
        (FormFault.BAD_RULE, [choice("a", rule=Rule.FEW_HOLDS)]),
        (FormFault.NOTHING_WEIGHS, [choice("a", weight=0)]),
        (FormFault.NOTHING_WEIGHS, [choice("a"), choice("b", weight=-1)]),
    ],
)
def test_forms_that_make_no_sense_are_refused(fault: FormFault, items: list[Item]) -> None:
    with pytest.raises(BadForm) as refused:
        form(items)

    assert refused.value.fault is fault
    assert str(refused.value)


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (Band(label="good", at_least=600),),
        (Band(label="poor", at_least=0), Band(label="poor", at_least=600)),
        (Band(label="poor", at_least=0), Band(label="good", at_least=0)),
        (Band(label="poor", at_least=0), Band(label="good", at_least=1001)),
    ],
)
def test_bands_cover_every_score(bands: tuple[Band, ...]) -> None:
    with pytest.raises(BadBands):
        attrs.evolve(form([choice("a")]), bands=bands).demand()


def test_there_is_no_gap_between_bands() -> None:
    found = [band_of(score, USUAL_BANDS) for score in range(1001)]

    assert [found.count(band.label) for band in USUAL_BANDS] == [400, 200, 200, 201]
    assert (found[790], found[795], found[799], found[800]) == ("good",) * 3 + ("excellent",)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 10)), min_size=1, max_size=8))
def test_scores_are_between_nought_and_one(given: list[tuple[int, int]]) -> None:
    items = [choice(f"i{place}", weight=weight) for place, (weight, _) in enumerate(given)]
    answers = [said(f"i{place}", f"{points}") for place, (_, points) in enumerate(given)]

    exact = sum(Fraction(w * p, 10) for w, p in given) / sum(w for w, _ in given)

    assert scored(form(items), answers).score == round(exact * 1000)
