"""Text in tables: spreadsheets run what begins with one of a few signs, and must not.

An apostrophe is put in front of a text that begins with such a sign, be it after apostrophes of
its own. Whoever reads a table takes one away from each text that begins with apostrophes and then
such a sign, and has the text as it was: nothing else ever begins like that.
"""

import re

# The second four are what Chinese and Japanese keyboards write; spreadsheets take them as well.
SIGNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
RUNS = re.compile(f"'*[{SIGNS}]")
MARKED = re.compile(f"'+[{SIGNS}]")
SUSPICIOUS = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def plain(text: str) -> str:
    """Just text, whatever it looks like."""
    return f"'{text}" if text[:1] in SUSPICIOUS and RUNS.match(text) else text


def original(cell: str) -> str:
    """The text that became this cell."""
    return cell[1:] if MARKED.match(cell) else cell
