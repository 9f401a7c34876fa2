"""What somebody needs, and how urgently."""

import pytest

from domain.bookings.special_requirements import (
    BadRequirement,
    Priority,
    RequirementCategory,
    SpecialRequirement,
)


def requirement(
    text: str,
    category: RequirementCategory = RequirementCategory.OTHER,
    raised_to: Priority = Priority.STANDARD,
) -> SpecialRequirement:
    return SpecialRequirement(category=category, text=text, raised_to=raised_to)


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Takes MEDICATION at noon", Priority.CRITICAL),
        ("carries an EpiPen for her nut allergy", Priority.CRITICAL),
        ("needs insulin", Priority.CRITICAL),
        ("uses a wheelchair", Priority.HIGH),
        ("Allergic to nuts", Priority.HIGH),
        ("hard of hearing", Priority.HIGH),
        ("visually impaired", Priority.HIGH),
        ("reduced mobility", Priority.HIGH),
        ("is pregnant", Priority.HIGH),
        ("vegetarian", Priority.STANDARD),
        ("would like to sit by the window", Priority.STANDARD),
        ("foresight is a good thing", Priority.STANDARD),
    ],
)
def test_priority_follows_from_the_words(text: str, priority: Priority) -> None:
    assert requirement(text).priority is priority


@pytest.mark.parametrize(
    ("category", "priority"),
    [
        (RequirementCategory.ACCESSIBILITY, Priority.HIGH),
        (RequirementCategory.MEDICAL, Priority.HIGH),
        (RequirementCategory.DIETARY, Priority.STANDARD),
        (RequirementCategory.OTHER, Priority.STANDARD),
    ],
)
def test_what_words_do_not_tell_the_category_may(
    category: RequirementCategory, priority: Priority
) -> None:
    assert requirement("épilepsie", category).priority is priority


@pytest.mark.parametrize("raised_to", Priority)
def test_priority_is_raised_and_never_lowered(raised_to: Priority) -> None:
    assert requirement("medication", raised_to=raised_to).priority is Priority.CRITICAL
    assert requirement("vegan", raised_to=raised_to).priority is raised_to


def test_only_standard_can_wait() -> None:
    assert [priority for priority in Priority if not priority.urgent] == [Priority.STANDARD]


def test_texts_may_have_lines() -> None:
    assert requirement("  no nuts\r\n  no  eggs \n").text == "no nuts\nno eggs"


@pytest.mark.parametrize("text", ["", " \n ", "x" * 1001, "a\x00b", "a\u202eb"])
def test_texts_can_be_read(text: str) -> None:
    with pytest.raises(BadRequirement, match="1 to 1000"):
        requirement(text)


def test_what_somebody_needs_stays_out_of_logs() -> None:
    assert "insulin" not in repr(requirement("insulin"))
