"""What documentation is made with, and what it is for."""

from enum import Enum


class SiteKind(Enum):
    """How a site was made, which decides who can read it best."""

    GENERIC = "generic"
    SPHINX = "sphinx"
    DOCUSAURUS = "docusaurus"
    OPENAPI = "openapi"
    MARKDOWN = "markdown"
    LLMS_TXT = "llms_txt"


class DocumentationKind(Enum):
    """What a page is for."""

    API_REFERENCE = "api_reference"
    GUIDE = "guide"
    TUTORIAL = "tutorial"
    EXAMPLE = "example"
    TROUBLESHOOTING = "troubleshooting"
