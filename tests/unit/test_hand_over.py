"""What whoever takes over is told."""

from domain.calls.hand_over import MOST_KEY_POINTS, Line, Speaker, briefing


def customer(text: str) -> Line:
    return Line(speaker=Speaker.CUSTOMER, text=text)


def agent(text: str) -> Line:
    return Line(speaker=Speaker.AGENT, text=text)


def test_the_summary_is_the_first_the_middle_and_the_last_line() -> None:
    lines = [customer(str(number)) for number in range(7)]

    assert [line.text for line in briefing(lines, keywords=()).summary] == ["0", "3", "6"]
    assert [line.text for line in briefing(lines[:2], keywords=()).summary] == ["0", "1"]
    assert [line.text for line in briefing(lines[:1], keywords=()).summary] == ["0"]
    assert briefing([], keywords=()).summary == ()


def test_key_points_are_questions_and_keywords_of_the_customer() -> None:
    lines = [
        customer("Hello."),
        agent("How can I help?"),
        customer("Does it count for paediatric first aid?"),
        customer("Then I want a refund."),
        customer("Then I want a refund."),
    ]

    assert briefing(lines, keywords=("refund",)).key_points == (
        "Does it count for paediatric first aid?",
        "Then I want a refund.",
    )


def test_the_latest_key_points_are_kept() -> None:
    lines = [customer(f"{number}?") for number in range(9)]

    assert briefing(lines, keywords=()).key_points == ("4?", "5?", "6?", "7?", "8?")
    assert MOST_KEY_POINTS == 5
