"""What is found first does not depend on where it is kept, and names find what defines them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pytest

from domain.documentation.pages import Section
from domain.documentation.queries import Query
from domain.documentation.ranking import Candidate, Index, Postings, rank, refine, wanted
from domain.documentation.tokens import tokens
from domain.documentation.weighing import EXACT, exact_names, weigh

GATHER = Section(
    anchor="asyncio.gather",
    path=("Coroutines and Tasks", "Running Tasks Concurrently", "asyncio.gather"),
    text="asyncio.gather(*aws)\n\nRun awaitable objects in the sequence concurrently.",
    symbols=("asyncio.gather",),
)
TEXTBOX = Section(
    anchor="curses.textpad.Textbox.gather",
    path=("curses", "curses.textpad.Textbox", "curses.textpad.Textbox.gather"),
    text="gather()\n\nReturn the window contents as a string.",
    symbols=("curses.textpad.Textbox.gather",),
)
ESSAY = Section(
    anchor="gathering",
    path=("Gathering", "How to gather"),
    text="You gather and gather: asyncio.gather gathers what asyncio has to gather. " * 3,
)
BUFFERS = Section(
    anchor="GUC-SHARED-BUFFERS",
    path=("Resource Consumption", "Memory", "shared_buffers"),
    text="shared_buffers (integer)\n\nSets how much memory the server uses.",
    symbols=("shared_buffers",),
)
CANCELLING = Section(
    anchor="",
    path=("Bookings", "Changing your mind"),
    text="A reservation is cancelled from its own page; the deposit is paid back.",
)
TERM = Section(
    anchor="term-virtual-room",
    path=("Glossary", "virtual room"),
    text="virtual room\n\nOne that stands for others.",
    symbols=("virtual room",),
)
ROOMS = Section(
    anchor="virtual-room",
    path=("Rooms", "Virtual room"),
    text="A virtual room. Any virtual room is a room: virtual room by virtual room. " * 3,
)
EVERY = (GATHER, TEXTBOX, ESSAY, BUFFERS, CANCELLING)


def test_what_explains_a_term_is_looked_for_by_all_its_words() -> None:
    query = Query.of("Virtual  Room")

    assert query.names == ("virtual room",)
    assert (query.joined, query.is_question) == ((), False)
    assert wanted(query)[-1] == EXACT + "virtual room"
    assert EXACT + "virtual room" in weigh(TERM)
    assert EXACT + "virtual room" not in weigh(ROOMS)
    assert Query.of("rooms that are virtual for others").names == ()


def index_of(sections: Sequence[Section], order: Iterable[int]) -> Index:
    """In as many lists as there are passages, as a store may have them."""
    index = defaultdict[str, list[Postings]](list)
    for number in order:
        for term, weight in weigh(sections[number]).items():
            index[term].append(Postings((number,), (weight.anywhere,), (weight.text,)))
    return index


def found(words: str, order: Iterable[int] = range(len(EVERY))) -> list[Section]:
    query = Query.of(words)
    ranked = rank(query, index_of(EVERY, order), len(EVERY))
    candidates = [
        Candidate(score=score, place=("", 0, number), section=EVERY[number])
        for score, number in ranked
    ]
    return [each.section for each in refine(query, candidates)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("asyncio.TaskGroup", ["asyncio.taskgroup", "asyncio", "taskgroup", "task", "group"]),
        ("shared_buffers", ["shared_buffers", "shar", "buffer"]),
        ("HTTPServer", ["httpserver", "http", "server"]),
        ("Cancelling reservations", ["cancell", "reservation"]),
        ("std::vector", ["std::vector", "std", "vector"]),
        ("x" * 65, []),
    ],
)
def test_names_are_found_by_their_parts(text: str, parts: list[str]) -> None:
    assert list(tokens(text)) == parts


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("asyncio.gather", GATHER),
        ("gather() (in module asyncio)", GATHER),
        ("gather() (curses.textpad.Textbox method)", TEXTBOX),
        ("shared_buffers", BUFFERS),
        ("shared_buffers configuration parameter", BUFFERS),
        ("How do I get my deposit back when I cancel a reservation?", CANCELLING),
        ('"as a string"', TEXTBOX),
    ],
)
def test_what_defines_it_comes_first(words: str, first: Section) -> None:
    assert found(words)[0] == first


def test_names_are_whole_or_by_their_ends_and_options_without_dashes() -> None:
    assert exact_names(("asyncio.Task.cancel", "-q", "--build-dir")) == {
        "asyncio.task.cancel",
        "task.cancel",
        "cancel",
        "q",
        "build-dir",
    }


def test_a_phrase_is_in_all_that_is_found() -> None:
    assert found('gather "window contents"') == [TEXTBOX]


def test_a_question_is_told_from_a_name() -> None:
    assert Query.of("how do I run tasks concurrently?").is_question
    assert Query.of("how does asyncio.gather run tasks?").is_question
    assert Query.of("tasks at once?").is_question is Query.of("is gather fair").is_question is True
    assert not Query.of("run tasks concurrently").is_question
    for name in ("when() (asyncio.Timeout method)", "Is (class in ast)", "why?", "what now"):
        assert not Query.of(name).is_question, name


def test_the_order_of_the_lists_changes_nothing() -> None:
    order = list(range(len(EVERY)))
    for words in ("gather asyncio", "gather", "how do you gather what you have to gather"):
        wanted = found(words)
        for seed in range(5):
            random.Random(seed).shuffle(order)
            assert found(words, order) == wanted


def test_nothing_is_found_by_words_that_nothing_holds() -> None:
    assert found("quaternion") == []
