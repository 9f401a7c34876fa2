"""W3C's cases for readers of `traceparent`, sent to the program over a socket.

Their harness has a service call back and looks at what it sends; this one calls nobody, and
says in `traceresponse` which trace it is in. The cases are theirs, in words of our own: a harness
that is in no registry cannot be run here. Those about `tracestate`, which no answer shows, are
asked of the reader itself in tests/unit/test_trace_headers.py.
"""

import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.http.examined import Server

TRACE, SPAN = "12345678901234567890123456789012", "1234567890123456"
PARENT = f"00-{TRACE}-{SPAN}-01"
SHOWN = re.compile(r"\r\ntraceresponse: 00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\r\n")

CONTINUED = {
    "a parent alone": [f"traceparent: {PARENT}"],
    "a parent and a state": [f"traceparent: {PARENT}", "tracestate: foo=1,bar=2"],
    "an empty state": [f"traceparent: {PARENT}", "tracestate: "],
    "a state of many lines": [f"traceparent: {PARENT}", "tracestate: foo=1", "tracestate: bar=2"],
    "a state that is wrong": [f"traceparent: {PARENT}", "tracestate: foo=1,foo=2"],
    "a state too long": [
        f"traceparent: {PARENT}",
        "tracestate: " + ",".join(f"k{number}=1" for number in range(33)),
    ],
    "a name in capitals": [f"TRACEPARENT: {PARENT}"],
    "a name in both": [f"TrAcEpArEnT: {PARENT}"],
    "a space before": [f"traceparent:  {PARENT}"],
    "a tab before": [f"traceparent:\t{PARENT}"],
    "a space behind": [f"traceparent: {PARENT} "],
    "a tab behind": [f"traceparent: {PARENT}\t"],
    "space all around": [f"traceparent: \t {PARENT} \t"],
    "a version to come": [f"traceparent: cc-{TRACE}-{SPAN}-01"],
    "a version to come that says more": [f"traceparent: cc-{TRACE}-{SPAN}-01-what-is-to-come"],
    "flags nobody knows": [f"traceparent: 00-{TRACE}-{SPAN}-ff"],
}
BEGUN = {
    "nothing": [],
    "a state alone": ["tracestate: foo=1,bar=2"],
    "two parents": [f"traceparent: {PARENT}", f"traceparent: 00-{TRACE[:-1]}1-{SPAN}-01"],
    "a name with a dash": [f"trace-parent: {PARENT}"],
    "a name with a dot": [f"trace.parent: {PARENT}"],
    "a dot behind": [f"traceparent: {PARENT}."],
    "more than version 00 has": [f"traceparent: {PARENT}-what-is-to-come"],
    "a version to come, badly parted": [f"traceparent: cc-{TRACE}-{SPAN}-01.what-is-to-come"],
    "the version that is none": [f"traceparent: ff-{TRACE}-{SPAN}-01"],
    "a bad version": [f"traceparent: .0-{TRACE}-{SPAN}-01"],
    "another bad version": [f"traceparent: 0.-{TRACE}-{SPAN}-01"],
    "a version too long": [f"traceparent: 000-{TRACE}-{SPAN}-01"],
    "a version far too long": [f"traceparent: 0000-{TRACE}-{SPAN}-01"],
    "a version too short": [f"traceparent: 0-{TRACE}-{SPAN}-01"],
    "a trace of zeros": [f"traceparent: 00-{'0' * 32}-{SPAN}-01"],
    "a bad trace": [f"traceparent: 00-.{TRACE[1:]}-{SPAN}-01"],
    "another bad trace": [f"traceparent: 00-{TRACE[:-1]}.-{SPAN}-01"],
    "a trace too long": [f"traceparent: 00-{TRACE}3-{SPAN}-01"],
    "a trace too short": [f"traceparent: 00-{TRACE[:-1]}-{SPAN}-01"],
    "a span of zeros": [f"traceparent: 00-{TRACE}-{'0' * 16}-01"],
    "a bad span": [f"traceparent: 00-{TRACE}-.{SPAN[1:]}-01"],
    "another bad span": [f"traceparent: 00-{TRACE}-{SPAN[:-1]}.-01"],
    "a span too long": [f"traceparent: 00-{TRACE}-{SPAN}7-01"],
    "a span too short": [f"traceparent: 00-{TRACE}-{SPAN[:-1]}-01"],
    "bad flags": [f"traceparent: 00-{TRACE}-{SPAN}-.0"],
    "other bad flags": [f"traceparent: 00-{TRACE}-{SPAN}-0."],
    "flags too long": [f"traceparent: 00-{TRACE}-{SPAN}-001"],
    "flags too short": [f"traceparent: 00-{TRACE}-{SPAN}-1"],
}


def answered(server: Server, lines: list[str]) -> tuple[str, str]:
    """In which trace, and by which span. No client stands between that would tidy the lines."""
    place = urlsplit(server.url)
    request = ["GET /livez HTTP/1.1", f"Host: {place.netloc}", "Connection: close", *lines, "", ""]
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        connection.sendall("\r\n".join(request).encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 200"), answer
    (shown,) = SHOWN.findall(answer)
    trace, span = shown
    return trace, span


@pytest.mark.parametrize("case", CONTINUED)
def test_a_proper_parent_is_followed(server: Server, case: str) -> None:
    trace, span = answered(server, CONTINUED[case])

    assert trace == TRACE
    assert span != SPAN


@pytest.mark.parametrize("case", BEGUN)
def test_without_one_a_trace_begins(server: Server, case: str) -> None:
    trace, _ = answered(server, BEGUN[case])

    assert trace not in (TRACE, "0" * 32)
    assert trace[:31] not in TRACE
    assert answered(server, BEGUN[case])[0] != trace
