"""What makes a call one for a person."""

import pytest

from domain.calls.triggers import (
    Pulled,
    Said,
    Trigger,
    Triggers,
    complexity_of,
    first_keyword,
)

RULES = Triggers(sentiment=-0.5, keywords=("manager", "speak to someone"), complexity=0.8)


@pytest.mark.parametrize(
    ("said", "pulled"),
    [
        (Said(text="Fine.", sentiment=-0.5), Pulled(trigger=Trigger.SENTIMENT, value=-0.5)),
        (Said(text="Fine.", sentiment=-0.49), None),
        (Said(text="Fine.", sentiment=0.0), None),
        (Said(text="Your MANAGER, please"), Pulled(trigger=Trigger.KEYWORD, keyword="manager")),
        (Said(text="I managed a manageress"), None),
        (
            Said(text="May I speak  to\nsomeone?"),
            Pulled(trigger=Trigger.KEYWORD, keyword="speak to someone"),
        ),
        (Said(text="word " * 16), Pulled(trigger=Trigger.COMPLEXITY, value=0.8)),
        (Said(text="word " * 15), None),
        (Said(text=""), None),
    ],
)
def test_triggers_are_pulled_by_what_was_said(said: Said, pulled: Pulled | None) -> None:
    assert RULES.pulled_by(said) == pulled


def test_a_sentiment_of_nought_is_one() -> None:
    assert Triggers(sentiment=0.0, keywords=(), complexity=1).pulled_by(
        Said(text="Hm.", sentiment=0.0)
    ) == Pulled(trigger=Trigger.SENTIMENT, value=0.0)


def test_complexity_is_words_a_sentence_by_twenty() -> None:
    assert complexity_of("One two. Three four five six!") == 0.15
    assert complexity_of("word " * 90) == 1.0
    assert complexity_of("...") == 0.0


@pytest.mark.parametrize("text", ["I'd like a re-fund", "refunds"])
def test_parts_of_words_are_none(text: str) -> None:
    assert first_keyword(text, ["fund", "refund"]) is None
