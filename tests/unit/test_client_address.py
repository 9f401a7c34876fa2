"""Where a request came from: nobody but our own proxies is believed, and nothing made up."""

from ipaddress import ip_network
from typing import Any

import pytest

from entrypoints.http.client_address import Proxies

OURS = tuple(ip_network(network) for network in ("10.0.0.0/8", "fd00::/8"))
PROXY, CLIENT, MADE_UP = "10.0.0.1", "203.0.113.7", "198.51.100.66"


def scope(peer: str | None, **headers: str | list[str]) -> dict[str, Any]:
    lines = [
        (name.replace("_", "-").encode(), value.encode("latin-1"))
        for name, values in headers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return {"client": peer and (peer, 1234), "headers": lines}


@pytest.mark.parametrize(
    ("peer", "line", "expected"),
    [
        (CLIENT, None, CLIENT),
        (CLIENT, MADE_UP, CLIENT),  # no proxy of ours stands between
        (CLIENT, f"{MADE_UP}, 10.0.0.2", CLIENT),
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{MADE_UP}, {CLIENT}", CLIENT),  # the client began the line itself
        (PROXY, f"10.1.1.1, {CLIENT}", CLIENT),
        (PROXY, f"{MADE_UP}, {CLIENT}, 10.0.0.2", CLIENT),
        (PROXY, f"{MADE_UP},{CLIENT} , 10.0.0.2 ,10.0.0.3", CLIENT),
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{MADE_UP}, nonsense", PROXY),
        (PROXY, f"{MADE_UP}, nonsense, 10.0.0.9", "10.0.0.9"),
        (PROXY, f"{CLIENT}:4711", CLIENT),
        (PROXY, "[2001:db8::7]:4711", "2001:db8::7"),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (PROXY, "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("::ffff:10.0.0.1", CLIENT, CLIENT),
        ("::ffff:203.0.113.7", MADE_UP, CLIENT),
        ("fd00::1", CLIENT, CLIENT),
        (PROXY, "127.0.0.1\x1b[2J", PROXY),
        (PROXY, "203.0.113.007", PROXY),
        ("testclient", MADE_UP, "testclient"),
        (None, MADE_UP, ""),
    ],
)
def test_the_nearest_that_is_not_ours_counts(
    peer: str | None, line: str | None, expected: str
) -> None:
    proxies = Proxies(trusted=OURS)
    given = scope(peer) if line is None else scope(peer, x_forwarded_for=line)

    assert proxies.client_of(given) == expected


def test_lines_count_in_their_order() -> None:
    given = scope(PROXY, x_forwarded_for=[MADE_UP, CLIENT])

    assert Proxies(trusted=OURS).client_of(given) == CLIENT


def test_nobody_is_trusted_by_default() -> None:
    assert Proxies().client_of(scope(PROXY, x_forwarded_for=CLIENT)) == PROXY


def test_a_header_that_our_proxy_does_not_write_is_not_read() -> None:
    given = scope(PROXY, forwarded=f"for={MADE_UP}", x_forwarded_for=CLIENT, x_real_ip=MADE_UP)

    assert Proxies(trusted=OURS).client_of(given) == CLIENT
    assert Proxies(trusted=OURS, header="forwarded").client_of(given) == MADE_UP


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"for={CLIENT}", CLIENT),
        (f"For={CLIENT};proto=https;by=10.0.0.1", CLIENT),
        (f'for="{CLIENT}:80"', CLIENT),
        ('for="[2001:db8::7]:4711"', "2001:db8::7"),
        (f"for={MADE_UP}, for={CLIENT}", CLIENT),
        (f"for={CLIENT}, for=10.0.0.2", CLIENT),
        (f'for="{MADE_UP}, for={CLIENT}', PROXY),
        (f'host="a,for={MADE_UP}";for={CLIENT}', CLIENT),
        (f"for={CLIENT}, proto=https", PROXY),
        ("for=_hidden", PROXY),
        ("for=unknown", PROXY),
        ("nonsense", PROXY),
        ("", PROXY),
        ('for="' + "\\" * 8000, PROXY),
    ],
)
def test_forwarded_is_read_as_rfc_7239_says(line: str, expected: str) -> None:
    proxies = Proxies(trusted=OURS, header="forwarded")

    assert proxies.client_of(scope(PROXY, forwarded=line)) == expected
