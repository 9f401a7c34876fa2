"""What a page is for, by its address, its title and how much of it defines names."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from domain.documentation.kinds import DocumentationKind
from domain.documentation.pages import Section

SIGNS = (
    (DocumentationKind.TROUBLESHOOTING, r"faq|trouble-?shoot\w*|known-?(issues|problems)|errors?"),
    (DocumentationKind.TUTORIAL, r"tutorials?|getting-?started|quick-?start|first-steps|learn"),
    (DocumentationKind.EXAMPLE, r"examples?|recipes?|cookbook|samples?"),
    (DocumentationKind.API_REFERENCE, r"api|reference|library|c-api|commands?|cli"),
    (DocumentationKind.GUIDE, r"guides?|how-?tos?|topics|concepts?|intro\w*"),
)
SEVERAL = 3
WORDS = tuple(
    (kind, re.compile(rf"(?:^|[/\s_.-])(?:{words})(?:$|[/\s_.-])")) for kind, words in SIGNS
)


def kind_of(url: str, title: str, sections: Sequence[Section]) -> DocumentationKind:
    for told in (urlsplit(url).path.lower(), title.lower()):
        for kind, word in WORDS:
            if word.search(told):
                return kind
    defining = sum(bool(section.symbols) for section in sections)
    if defining >= SEVERAL and defining * 2 >= len(sections):
        return DocumentationKind.API_REFERENCE
    return DocumentationKind.GUIDE
