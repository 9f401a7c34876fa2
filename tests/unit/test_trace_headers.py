"""What W3C's test suite for Trace Context asks of reading `traceparent` and `tracestate`."""

import pytest

from entrypoints.http.trace_headers import trace_of

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PARENT = f"00-{TRACE}-{SPAN}-01"


def read(*parents: str, state: tuple[str, ...] = ()) -> str | None:
    headers = [
        *((b"traceparent", parent.encode("latin-1")) for parent in parents),
        *((b"tracestate", line.encode("latin-1")) for line in state),
    ]
    trace = trace_of(headers)
    return None if trace is None else str(trace)


def state_of(*lines: str) -> str:
    headers = [(b"tracestate", line.encode("latin-1")) for line in lines]
    trace = trace_of([(b"traceparent", PARENT.encode()), *headers])
    assert trace
    return trace.state


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        (PARENT, PARENT),
        (f" \t{PARENT} ", PARENT),
        (f"00-{TRACE}-{SPAN}-00", f"00-{TRACE}-{SPAN}-00"),
        (f"00-{TRACE}-{SPAN}-ff", PARENT),
        (f"00-{TRACE}-{SPAN}-02", f"00-{TRACE}-{SPAN}-00"),
        (f"cc-{TRACE}-{SPAN}-01", PARENT),  # a version of the future
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-brings", PARENT),
    ],
)
def test_a_proper_parent_is_read(parent: str, expected: str) -> None:
    assert read(parent) == expected


@pytest.mark.parametrize(
    "parent",
    ["", "nonsense", f"ff-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-01-more",
     f"00-{TRACE}-{SPAN}-01-",
     f"cc-{TRACE}-{SPAN}-01.more", f"cc-{TRACE}-{SPAN}-011", f"00-{'0' * 32}-{SPAN}-01",
     f"00-{TRACE}-{'0' * 16}-01", f"00-{TRACE.upper()}-{SPAN}-01", f"00-{TRACE}-{SPAN}-0",
     f"00-{TRACE}-{SPAN}-.0", f"00-{TRACE[1:]}-{SPAN}-01", f"00-{TRACE}0-{SPAN}-01",
     f"00-{TRACE}-{SPAN[1:]}-01", f"0-{TRACE}-{SPAN}-01", f".0-{TRACE}-{SPAN}-01",
     f"00-{TRACE}-{SPAN}", f"00-{TRACE}-{SPAN}-", f"00-.{TRACE[1:]}-{SPAN}-01",
     f"{PARENT},{PARENT}", f"00-{TRACE}-{SPAN}-é1", "\n" + PARENT],
)  # fmt: skip
def test_any_other_begins_a_trace_of_its_own(parent: str) -> None:
    assert read(parent) is None


def test_two_parents_are_none() -> None:
    assert read(PARENT, PARENT) is None
    assert read(state=("a=1",)) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("foo=1,bar=2",), "foo=1,bar=2"),
        (("foo=1", "bar=2"), "foo=1,bar=2"),
        (("foo=1 \t , \t bar=2, ,baz=3,",), "foo=1,bar=2,baz=3"),
        (("",), ""),
        (("tenant@system=1",), "tenant@system=1"),
        (("0tenant@system=1",), "0tenant@system=1"),
        ((f"{'z' * 256}=1",), f"{'z' * 256}=1"),
        ((f"{'t' * 241}@{'v' * 14}=1",), f"{'t' * 241}@{'v' * 14}=1"),
        (("a=" + "v" * 256,), "a=" + "v" * 256),
        (("a= inner space",), "a= inner space"),
        ((",".join(f"k{number}=1" for number in range(32)),),
         ",".join(f"k{number}=1" for number in range(32))),
    ],
)  # fmt: skip
def test_state_is_passed_on(lines: tuple[str, ...], expected: str) -> None:
    assert state_of(*lines) == expected


@pytest.mark.parametrize(
    "line",
    ["foo", "foo=1=2", "foo =1", "FOO=1", "foo.bar=1", "foo@=1", "@foo=1", "foo@@bar=1",
     "foo@bar@baz=1", "0foo=1", "foo=1,foo=1", "foo=1,foo=2", f"{'z' * 257}=1",
     f"{'t' * 242}@v=1", f"t@{'v' * 15}=1", "a=" + "v" * 257, "foo=bar\x00", "foo=é", "foo=",
     ",".join(f"k{number}=1" for number in range(33)), "a=" + "v" * 255 + ",b=" + "v" * 255],
)  # fmt: skip
def test_state_that_is_wrong_anywhere_is_dropped_as_a_whole(line: str) -> None:
    assert state_of(line) == ""
