"""Docusaurus puts a lot around what a page says, and between its lines."""

from adapters.extraction.factory import EXTRACTORS
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import ReadPage

URL = "https://a.example/docs/bookings/hold"

PAGE = """<!doctype html><html lang="de-DE"><head><title data-rh="true">Hold a room | Desk</title>
<meta data-rh="true" name="docusaurus_locale" content="en">
<meta data-rh="true" name="docsearch:language" content="en">
<meta data-rh="true" name="docusaurus_version" content="{version}">
<meta data-rh="true" name="docusaurus_tag" content="docs-default-{version}">
<meta data-rh="true" name="docsearch:version" content="{version}"></head><body>
<nav class="navbar navbar--fixed-top"><a href="/docs/">Desk</a></nav>
<aside class="theme-doc-sidebar-container"><a class="menu__link" href="/docs/pay">Pay</a></aside>
<main class="docMainContainer_x"><div class="row"><div class="col"><div class="docItem"><article>
<nav class="theme-doc-breadcrumbs" aria-label="Breadcrumbs"><ul class="breadcrumbs">
<li class="breadcrumbs__item">Bookings</li></ul></nav>
<span class="theme-doc-version-badge badge badge--secondary">Version: {badge}</span>
<div class="tocCollapsible_x theme-doc-toc-mobile"><button>On this page</button></div>
<div class="theme-doc-markdown markdown"><header><h1>Hold a room</h1></header>
<p>A hold keeps a room for a while.</p>
<div class="theme-admonition theme-admonition-warning alert alert--warning">
<div class="admonitionHeading_x"><span class="admonitionIcon_x"><svg><path d=""></path></svg>
</span>
Not for long</div><div class="admonitionContent_x"><p>It lapses by itself.</p></div></div>
<h2 class="anchor anchorWithStickyNavbar_x" id="begin">Begin<a href="#begin" class="hash-link"
aria-label="Direct link to Begin" title="Direct link to Begin">&#8203;</a></h2>
<div class="theme-tabs-container tabs-container tabList_x"><ul role="tablist" class="tabs">
<li role="tab" aria-selected="true" class="tabs__item">Shell</li>
<li role="tab" aria-selected="false" class="tabs__item">Python</li></ul>
<div class="margin-top--md">
<div role="tabpanel" class="tabItem_x"><p>With curl.</p></div>
<div role="tabpanel" class="tabItem_x" hidden="">
<div class="tabs-container"><ul role="tablist" class="tabs"><li role="tab">Sync</li></ul><div>
<div role="tabpanel">
<div class="language-python codeBlockContainer_x theme-code-block">
<div class="codeBlockTitle_x">hold.py</div><div class="codeBlockContent_x">
<pre tabindex="0" class="prism-code language-python"><code class="codeBlockLines_x"><span
class="token-line"><span class="token plain">with desk:</span><br></span><span
class="token-line"><span class="token plain">    desk.hold()</span><br></span></code></pre>
<div class="buttonGroup__x"><button>Copy</button>Wrap</div></div></div>
</div></div></div></div></div></div>
</div><footer class="theme-doc-footer docusaurus-mt-lg"><a href="/docs/tags/room">room</a>
<a class="theme-edit-this-page" href="https://b.example/edit">Edit this page</a></footer></article>
<nav class="pagination-nav">
<a class="pagination-nav__link" href="/docs/lapse">Next: lapse</a></nav>
</div></div><div class="col col--3"><div class="tableOfContents_x thin-scrollbar">
<ul class="table-of-contents"><li><a href="#begin">Begin</a></li></ul></div></div></div></main>
<footer class="footer">Copyright</footer></body></html>"""


LISTED = """<!doctype html><html lang="en"><body>
<div role="region" aria-label="Skip to main content"><a class="skipToContent_x"
href="#__docusaurus_skipToContent_fallback">Skip to main content</a></div>
<div id="__docusaurus_skipToContent_fallback"><main><header><h1>Holds</h1></header>
<article class="col"><a class="card theme-doc-card-container" href="/docs/begin">
<h2 class="theme-doc-card-heading"><span class="theme-doc-card-icon">&#128196;</span><span
class="theme-doc-card-title">Begin</span></h2><p>How to hold a room.</p></a></article></main></div>
</body></html>"""


def read(version: str = "2.1", badge: str = "2.1.x") -> ReadPage:
    body = PAGE.format(version=version, badge=badge).encode()
    return EXTRACTORS[SiteKind.DOCUSAURUS](body, url=URL, content_type="text/html")


def test_only_the_text_is_read() -> None:
    hold, begin = read().sections

    assert (hold.anchor, hold.path) == ("", ("Hold a room",))
    assert hold.text == "A hold keeps a room for a while.\n\nNot for long\n\nIt lapses by itself."
    assert (begin.anchor, begin.path) == ("begin", ("Hold a room", "Begin"))


def test_tabs_follow_their_names_and_code_its_title_line_by_line() -> None:
    _, begin = read().sections

    assert begin.text.split("\n\n") == [
        "Shell",
        "With curl.",
        "Python",
        "Sync",
        "hold.py",
        "with desk:\n    desk.hold()",
    ]


def test_tabs_that_are_shown_later_keep_their_list() -> None:
    body = b"""<div class=theme-doc-markdown><h1>T</h1><div class=tabs-container><ul role=tablist>
    <li role=tab>One</li><li role=tab>Two</li></ul><div role=tabpanel>first</div></div></div>"""
    (section,) = EXTRACTORS[SiteKind.DOCUSAURUS](body, url=URL, content_type="").sections

    assert section.text == "One\n\nTwo\n\nfirst"


def test_links_around_it_are_followed() -> None:
    assert read().links == (
        "https://a.example/docs/",
        "https://a.example/docs/pay",
        "https://a.example/docs/tags/room",
        "https://b.example/edit",
        "https://a.example/docs/lapse",
    )


def test_language_and_version_are_those_it_tells() -> None:
    released, making = read(), read("current", "Next")

    assert (released.language, released.version) == ("en", "2.1")
    assert making.version == "Next"


def test_little_is_still_all_that_is_read() -> None:
    read = EXTRACTORS[SiteKind.DOCUSAURUS](LISTED.encode(), url=URL, content_type="text/html")

    assert [(each.anchor, each.path, each.text) for each in read.sections] == [
        ("", ("Holds",), "Holds"),
        ("", ("Holds", "Begin"), "How to hold a room."),
    ]
