"""What whoever takes over is told."""

from collections.abc import Sequence

from domain.calls.hand_over import MOST_KEY_POINTS, briefing
from domain.calls.utterances import Speaker, Utterance
from tests.samples import NOW


def said(*texts: str, speaker: Speaker = Speaker.CUSTOMER) -> Sequence[Utterance]:
    return [
        Utterance(line=number, speaker=speaker, text=text, begins_at=NOW)
        for number, text in enumerate(texts, 1)
    ]


def test_the_summary_is_the_first_the_middle_and_the_last_line() -> None:
    lines = said(*(str(number) for number in range(7)))

    assert [line.text for line in briefing(lines, keywords=()).summary] == ["0", "3", "6"]
    assert [line.text for line in briefing(lines[:2], keywords=()).summary] == ["0", "1"]
    assert [line.text for line in briefing(lines[:1], keywords=()).summary] == ["0"]
    assert briefing([], keywords=()).summary == ()


def test_key_points_are_questions_and_keywords_of_the_customer() -> None:
    lines = [
        *said("Hello."),
        *said("How can I help?", speaker=Speaker.AGENT),
        *said("Does it count for paediatric first aid?"),
        *said("Then I want a refund.", "Then I want a refund."),
    ]

    assert briefing(lines, keywords=("refund",)).key_points == (
        "Does it count for paediatric first aid?",
        "Then I want a refund.",
    )


def test_the_latest_key_points_are_kept() -> None:
    lines = said(*(f"{number}?" for number in range(9)))

    assert briefing(lines, keywords=()).key_points == ("4?", "5?", "6?", "7?", "8?")
    assert MOST_KEY_POINTS == 5
