"""Pages are read into sections that can be linked to, without what stands around them."""

from collections.abc import Sequence

from adapters.extraction.generic import read_html
from domain.documentation.kinds import DocumentationKind
from domain.documentation.pages import ReadPage, Section

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Tasks — Library 3.2</title>
<link rel="canonical" href="{canonical}"><meta name="robots" content="{robots}">
</head><body><nav>Home | <a href="/other#x">Other</a></nav><main>
<section id="tasks"><span id="old-name"></span><h1>1.2. Tasks<a class="headerlink">¶</a></h1>
<p>What runs <a href="page.html#part">side by side</a>.</p>
<dl><dt class="sig sig-object py" id="asyncio.Task"><code>class asyncio.Task</code></dt>
<dd><p>Runs a coroutine.</p>
<dl><dt class="sig" id="asyncio.Task.cancel"><code>cancel()</code></dt><dd><p>Asks it to end.</p>
<pre>task.cancel()
    await task</pre></dd></dl></dd></dl>
<p>More of tasks.</p></section>
<section id="limits"><h2>Limits</h2><table><tr><th>Name</th><th>Value</th></tr>
<tr id="row"><td>most</td><td>12</td></tr></table></section>
</main><footer>Copyright</footer></body></html>"""


def read(canonical: str = "", robots: str = "", url: str = "https://a.example/api/t") -> ReadPage:
    body = PAGE.format(canonical=canonical, robots=robots).encode()
    return read_html(body, url=url, content_type="text/html; charset=utf-8")


def test_headings_and_names_have_sections_of_their_own() -> None:
    page = read()

    assert [(each.anchor, each.path) for each in page.sections] == [
        ("tasks", ("Tasks",)),
        ("asyncio.Task", ("Tasks", "asyncio.Task")),
        ("asyncio.Task.cancel", ("Tasks", "asyncio.Task", "asyncio.Task.cancel")),
        ("limits", ("Tasks", "Limits")),
    ]
    tasks, task, cancel, limits = page.sections
    assert tasks.text == "What runs side by side.\n\nMore of tasks."
    assert "old-name" in tasks.anchors
    assert task.symbols == ("asyncio.Task",)
    assert "task.cancel()\n    await task" in cancel.text
    assert limits.text == "Name | Value\nmost | 12"
    assert "row" in limits.anchors
    assert page.kind is DocumentationKind.API_REFERENCE
    assert (page.title, page.language) == ("Tasks", "en")
    assert page.links == ("https://a.example/other", "https://a.example/api/page.html")


def test_what_a_glossary_explains_is_a_name() -> None:
    body = """<main><h1>Glossary</h1><dl class="glossary"><dt id="term-virtual-room">Virtual room
    <a class="headerlink" href="#term-virtual-room">¶</a></dt><dd><p>As <code>Room</code>.</p>
    </dd></dl></main>"""
    *_, term = read_html(body.encode(), url="https://a.example/", content_type="").sections

    assert (term.anchor, term.symbols) == ("term-virtual-room", ("Virtual room",))


def test_a_note_begins_no_section_for_what_comes_after_it() -> None:
    body = """<main><h1>Logging</h1><h3>What to log</h3><p>Much.</p>
    <div class="note"><h3 class="title" id="mind">Note</h3><p>Mind the disk.</p></div>
    <dl><dt id="LOG-DEPTH"><code>log_depth</code></dt><dd><p>How much.</p></dd></dl></main>"""
    _, what, depth = read_html(body.encode(), url="https://a.example/", content_type="").sections

    assert what.path == ("Logging", "What to log")
    assert what.text == "Much.\n\nNote\n\nMind the disk."
    assert "mind" in what.anchors
    assert depth.path == ("Logging", "What to log", "log_depth")


def test_rows_of_tables_define_what_they_are_about_and_what_they_link_to_not() -> None:
    rows = "".join(
        f"<tr><td><p><code>json_{n}</code> ( <code>json</code> )</p><p><code>jsonb_{n}</code></p>"
        f"<p>It is like <code>other</code>.</p></td>"
        f"<td><code>second</code> {'word ' * 200}</td></tr>"
        for n in ("first", "second", "third")
    )
    linked = '<tr><td><a href="#x"><code>elsewhere</code></a></td><td>there</td></tr>'
    body = f"<main><h1>JSON</h1><table>{rows}{linked}</table></main>"
    sections = read_html(body.encode(), url="https://a.example/", content_type="").sections

    assert [(name, place) for place, each in enumerate(sections) for name in each.symbols] == [
        ("json_first", 0),
        ("jsonb_first", 0),
        ("json_second", 1),
        ("jsonb_second", 1),
        ("json_third", 2),
        ("jsonb_third", 2),
    ]
    assert "json_third" in sections[2].text


def test_places_of_modules_and_of_kinds_of_a_project_are_names() -> None:
    body = """<main><section id="module-shop.pay"><h1>Paying</h1><p>How to pay.</p>
    <div class="section"><span id="std-fieldlookup-range.overlap"></span><h2>overlap</h2>
    <p>Both.</p></div></section></main>"""
    paying, overlap = read_html(body.encode(), url="https://a.example/", content_type="").sections

    assert paying.symbols == ("shop.pay",)
    assert overlap.symbols == ("range.overlap",)


def test_links_are_read_from_where_the_page_is() -> None:
    written = ("x?y=/z", "?page=2", "../up", "/top", "//b.example/", "mailto:a@b.c", "http://[")
    links = "".join(f"<a href='{each}'>.</a>" for each in written)
    body = f"<html><body>{links}<a href='/no' rel='ugc NoFollow'>.</a>{'w ' * 200}</body></html>"

    of_page = read_html(body.encode(), url="https://a.example/b/c?q=/r/s", content_type="")
    of_host = read_html(b"<a href='x'>.</a>x", url="https://a.example", content_type="")

    assert of_page.links == (
        "https://a.example/b/x?y=/z",
        "https://a.example/b/c?page=2",
        "https://a.example/up",
        "https://a.example/top",
        "https://b.example/",
    )
    assert of_host.links == ("https://a.example/x",)


def test_what_stands_around_is_left_out() -> None:
    assert not any("Home" in each.text or "Copyright" in each.text for each in read().sections)


def test_only_addresses_on_the_web_are_canonical() -> None:
    assert read("https://a.example/tasks").canonical == "https://a.example/tasks"
    assert read("file:///usr/share/doc/python3.11/html/tasks.html").canonical is None


def test_pages_say_what_may_be_done_with_them() -> None:
    assert (read().indexed, read().followed) == (True, True)
    assert (read(robots="noindex").indexed, read(robots="nofollow").followed) == (False, False)
    assert not read(url="https://a.example/genindex-all.html").indexed


def test_long_sections_are_cut_between_blocks() -> None:
    paragraphs = "".join(f"<p id='p{each}'>{'word ' * 100}</p>" for each in range(8))
    body = f"<html><body><h1 id='top'>Long</h1>{paragraphs}</body></html>".encode()

    page = read_html(body, url="https://a.example/", content_type="text/html")

    assert [len(each.text.split()) for each in page.sections] == [300, 300, 200]
    assert {each.anchor for each in page.sections} == {"top"}
    assert "p7" in page.sections[-1].anchors


def test_the_deepest_page_is_read() -> None:
    body = b"<html><body><h1>Deep</h1>" + b"<div>" * 5000 + b"x" + b"</div>" * 5000

    assert read_html(body, url="https://a.example/", content_type="text/html").title == "Deep"


def test_options_of_commands_are_names_as_well() -> None:
    option = """<dt class="sig" id="cmdoption-build"><span class="descname">-b</span>
    <span class="descclassname"></span>, <span class="descname">--build-dir</span> DIR</dt>"""
    body = f"<html><body><main><h1>Build</h1><dl>{option}<dd><p>Where to.</p></dd></dl></main>"
    page = read_html(body.encode(), url="https://a.example/cli", content_type="")

    assert page.sections[-1].symbols == ("-b", "--build-dir")


def test_short_pages_are_read_without_what_stands_around_them() -> None:
    around = "<label for='a'></label><a href='#c'>Skip to content</a><main id='c'>{}</main>"
    (page,) = read_of(around.format("<h1 id='desk'>Desk</h1><p>Soon.</p>"))

    assert (page.anchor, page.text) == ("desk", "Soon.")
    assert "Skip" in read_of(around.format(""))[0].text
    assert (
        "Skip" in read_of(around.format("<p>Soon.</p>") + "<p>" + "more " * 300 + "</p>")[0].text
    )


def test_numbers_of_lines_do_not_make_code_a_table() -> None:
    code = "<div class='highlight'><pre>if a:\n    b()</pre></div>"
    row = f"<tr><td class='linenos'><pre>1\n2</pre></td><td class='code'>{code}</td></tr>"
    (page,) = read_of(f"<table><tr><th colspan='2'>a.py</th></tr>{row}</table>")
    (mixed,) = read_of(f"<table><tr><td>b</td><td>{code}</td></tr></table>")

    assert page.text == "a.py\n\nif a:\n    b()"
    assert mixed.text == "b | if a: b()"


def read_of(inside: str) -> Sequence[Section]:
    body = f"<html><body>{inside}</body></html>"
    return read_html(body.encode(), url="https://a.example/", content_type="").sections
