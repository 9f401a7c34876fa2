"""Who reads which kind of site: a new kind is a line here, and a file of its own."""

from collections.abc import Mapping

from adapters.extraction.docusaurus import read_docusaurus
from adapters.extraction.generic import read_html
from adapters.extraction.markdown import read_markdown
from adapters.extraction.openapi import read_openapi
from adapters.extraction.sphinx import read_sphinx
from application.documentation.ports import Extractor
from domain.documentation.kinds import SiteKind

EXTRACTORS: Mapping[SiteKind, Extractor] = {
    SiteKind.GENERIC: read_html,
    SiteKind.SPHINX: read_sphinx,
    SiteKind.DOCUSAURUS: read_docusaurus,
    SiteKind.OPENAPI: read_openapi,
    SiteKind.MARKDOWN: read_markdown,
    SiteKind.LLMS_TXT: read_markdown,
}
