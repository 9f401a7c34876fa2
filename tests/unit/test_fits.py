"""How well passages fit: beside the best, not by themselves."""

from domain.documentation.pages import Section
from domain.documentation.ranking import Candidate, fits_of


def test_the_best_is_the_measure() -> None:
    section = Section(anchor="", path=(), text="")
    scores = (300, 200, 299, 0)
    ranked = [
        Candidate(score=score, place=("", 0, number), section=section)
        for number, score in enumerate(scores)
    ]
    assert list(fits_of(ranked).values()) == [1000, 666, 996, 0]
    assert list(fits_of(ranked[3:]).values()) == [1000]
    assert fits_of([]) == {}
