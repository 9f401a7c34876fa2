"""A site is read from the command line, and again only as far as it has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.cli.terminal import Terminal

PAGE = "<html><body><main><h1>Rooms</h1><p>About rooms.</p>{}</main></body></html>"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: object) -> None:
        """Nobody listens."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_site_is_read_and_read_again(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    links = "".join(f'<a href="{name}.html">more</a>' for name in ("beds", "gone"))
    (folder / "index.html").write_text(PAGE.format(links))
    (folder / "beds.html").write_text(PAGE.format(""))
    terminal.run("migrate")

    with served(folder) as host:
        crawl = partial(
            terminal.run,
            *("crawl", f"http://{host}/", "--organization", "desk"),
        )
        refused = crawl("--delay", "0")
        first = crawl(FRONTDESK_INTERNAL_HOSTS=host)
        again = crawl("--fresh-hours", "0", FRONTDESK_INTERNAL_HOSTS=host)
        (folder / "beds.html").unlink()
        blocked = crawl(FRONTDESK_INTERNAL_HOSTS=host)
        approved = crawl("--steer", "approve", FRONTDESK_INTERNAL_HOSTS=host)

    assert refused.stdout.startswith("done: 1 found, 0 new")
    assert "1 left out: robots_unreachable" in refused.stderr
    assert first.stdout == (
        "done: 3 found, 2 new, 0 changed, 0 unchanged, 0 gone, 1 left out, 0 failed\n"
    )
    assert "] 3 of 3, " in first.stderr.splitlines()[-2]
    assert again.stdout == (
        "done: 3 found, 0 new, 0 changed, 2 unchanged, 0 gone, 1 left out, 0 failed\n"
    )
    assert (blocked.returncode, blocked.stdout.partition(":")[0]) == (1, "blocked")
    assert approved.stdout.startswith("done: 3 found, 0 new, 0 changed, 1 unchanged, 1 gone")


def test_only_what_is_under_way_is_steered(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    page = folder / "beds.html"
    page.write_text(PAGE.format(""))
    (folder / "index.html").write_text(PAGE.format('<a href="beds.html">more</a>'))
    terminal.run("migrate")

    with served(folder) as host:
        crawl = partial(
            terminal.run,
            *("crawl", f"http://{host}/", "--organization", "desk", "--delay", "0"),
            FRONTDESK_INTERNAL_HOSTS=host,
        )
        unknown = crawl("--steer", "cancel")
        read = crawl("--fresh-hours", "0")
        page.unlink()
        blocked = crawl()
        cancelled = crawl("--steer", "cancel")
        over = crawl("--steer", "cancel")

    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "no crawl of that site" in unknown.stderr
    assert read.stdout.startswith("done: 2 found, 2 new")
    assert (blocked.returncode, blocked.stdout.partition(":")[0]) == (1, "blocked")
    assert (cancelled.returncode, cancelled.stdout.partition(":")[0]) == (0, "cancelled")
    assert (over.returncode, over.stdout) == (1, "")
    assert "cannot be done with a crawl that is cancelled" in over.stderr


def test_what_is_no_address_is_said_to_be(terminal: Terminal) -> None:
    said = terminal.run("crawl", "file:///etc", "--organization", "desk")

    assert (said.returncode, "is no address" in said.stderr) == (2, True)
