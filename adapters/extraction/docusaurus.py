"""Pages made by Docusaurus: their text without what its theme puts around and between it.

Code there has a `br` for each line, tabs are told by a list above all of them, and a version in
the making is called `current`.
"""

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.extraction.drafts import tidy
from adapters.extraction.generic import FURNITURE, MAIN, metas_of, read_tree, tree_of
from domain.documentation.pages import ReadPage

AROUND = """
    .theme-doc-footer, .theme-doc-version-badge, .theme-doc-version-banner, .theme-doc-breadcrumbs,
    .theme-edit-this-page, .table-of-contents, .pagination-nav, [class*=buttonGroup],
    [class*=skipToContent], .theme-doc-card-icon, .avatar
"""
IN_THE_MAKING = "current"
BADGE = ".theme-doc-version-badge"


def read_docusaurus(body: bytes, /, *, url: str, content_type: str) -> ReadPage:
    """Raises Unreadable."""
    tree = tree_of(body, content_type)
    metas, badge = metas_of(tree), tree.css_first(BADGE)
    labelled = tidy(badge.text()).rpartition(":")[2].strip() if badge is not None else ""
    _break_lines(tree)
    for tabs in tree.css(".tabs-container"):
        _tell_apart(tabs)
    page = read_tree(
        tree, url=url, main=(".theme-doc-markdown", *MAIN), furniture=f"{FURNITURE}, {AROUND}"
    )
    told = metas.get("docusaurus_locale") or metas.get("docsearch:language") or ""
    language = told.split("-")[0].split("_")[0].lower() or page.language
    version = page.version
    if version is None or version == IN_THE_MAKING:
        version = labelled[:40] or None
    return attrs.evolve(page, language=language, version=version)


def _break_lines(tree: LexborHTMLParser) -> None:
    for node in tree.css("pre br"):
        node.replace_with("\n")


def _tell_apart(tabs: LexborNode) -> None:
    """What each tab holds, after what it is called; those that are only shown later are not."""
    names = [tidy(each.text()) for each in tabs.css("[role=tab]") if _is_of(each, tabs)]
    held = [each for each in tabs.css("[role=tabpanel]") if _is_of(each, tabs)]
    if len(names) != len(held):
        return
    for name, panel in zip(names, held, strict=True):
        panel.insert_before(name)
    for listed in tabs.css("[role=tablist]"):
        if _is_of(listed, tabs):
            listed.decompose()


def _is_of(node: LexborNode, tabs: LexborNode) -> bool:
    """And not of others within them."""
    around = node.parent
    while around is not None and "tabs-container" not in _classes(around):
        around = around.parent
    return around is not None and around.mem_id == tabs.mem_id


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()
