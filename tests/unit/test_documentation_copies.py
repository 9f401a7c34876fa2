"""What a site says at several addresses is told once, the newest version and then the shortest."""

from uuid import UUID

import attrs
from hypothesis import given
from hypothesis import strategies as some

from domain.documentation.copies import LOOKED_THROUGH, MOST_TOLD, Standing, Told, each_once
from domain.documentation.pages import Section
from domain.documentation.ranking import Candidate
from domain.kernel.identifiers import SiteId

SITE, OTHER_SITE = SiteId(UUID(int=1)), SiteId(UUID(int=2))


def standing(
    text: str, url: str, *, version: str | None = None, site: SiteId = SITE, score: int = 9
) -> Standing:
    section = Section(anchor=url, path=("Tasks",), text=text)
    candidate = Candidate(score=score, place=(url, 0, 0), section=section)
    return Standing(candidate=candidate, site=site, version=version)


def urls(told: list[Told]) -> list[list[str]]:
    return [[each.place[0] for each in (one.candidate, *one.others)] for one in told]


def test_the_shortest_address_is_told_and_the_others_beside_it() -> None:
    found = [standing("a", "/long"), standing("b", "/b"), standing("a", "/a"), standing("a", "/z")]

    assert urls(each_once(found, 9)) == [["/a", "/z", "/long"], ["/b"]]


def test_the_newest_version_comes_before_shorter_addresses() -> None:
    versions = ("3.9", None, "3.12rc1", "latest", "3.12", "3.10")
    found = [
        standing("a", f"/{place}" * (7 - place), version=version)
        for place, version in enumerate(versions)
    ]
    ((newest, *others),) = ([each.candidate, *each.others] for each in each_once(found, 9))

    numbered = [versions[int(each.place[0][1])] for each in (newest, *others)]
    assert numbered[:4] == ["3.12", "3.12rc1", "3.10", "3.9"]


def test_each_site_tells_it_for_itself_and_titles_and_names_differ() -> None:
    one = standing("a", "/a")
    section = one.candidate.section
    differing = [
        attrs.evolve(one, candidate=attrs.evolve(one.candidate, section=other))
        for other in (
            attrs.evolve(section, path=("Rooms",)),
            attrs.evolve(section, symbols=("a",)),
        )
    ]

    assert len(each_once([one, standing("a", "/a", site=OTHER_SITE), *differing], 9)) == 4


def test_the_best_of_them_says_how_well_it_fits() -> None:
    (told,) = each_once([standing("a", "/long", score=9), standing("a", "/a", score=7)], 9)

    assert (told.candidate.score, told.candidate.place[0]) == (9, "/a")


def test_no_more_is_looked_through_or_told_than_is_needed() -> None:
    same = [standing("a", f"/{number}") for number in range(99)]
    seen = iter([*same, standing("b", "/b")])

    (told,) = each_once(seen, 4)
    assert len(told.others) == MOST_TOLD
    assert next(seen) is same[4 * LOOKED_THROUGH]

    seen = iter([standing("a", "/a"), standing("b", "/b"), standing("c", "/c")])
    assert urls(each_once(seen, 2)) == [["/a"], ["/b"]]
    assert next(seen).candidate.place[0] == "/c"


def test_what_fits_as_well_as_the_last_may_say_the_same() -> None:
    tied = [standing("a", "/old/a"), standing("a", "/a"), standing("b", "/old/b")]
    more = [standing("c", "/c"), standing("b", "/b"), standing("b", "/", score=8)]
    seen = iter([*tied, *more])

    assert urls(each_once(seen, 2)) == [["/a", "/old/a"], ["/b", "/old/b"]]
    assert next(seen, None) is None


@given(some.lists(some.tuples(some.sampled_from("abc"), some.integers(0, 9)), max_size=20))
def test_every_address_is_told_once(drawn: list[tuple[str, int]]) -> None:
    found = [standing(text, f"/{text}/{n}") for text, n in dict.fromkeys(drawn)]
    told = each_once(found, len(found) or 1)

    assert [each.candidate.section.text for each in told] == list(
        dict.fromkeys(each.candidate.section.text for each in found)
    )
    every = sorted(address for addresses in urls(told) for address in addresses)
    assert every == sorted(each.candidate.place[0] for each in found)
