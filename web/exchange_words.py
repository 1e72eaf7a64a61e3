"""What is wrong with a cell of an exchange, in the reader's language.

The sentences are made where cells are read, in English, with what the cell says in them: here each
is known again by its form, so that the API, the command line and the pages tell the same.
"""

from __future__ import annotations

import re
from functools import cache

from web.tongues import Tongue
from web.wording import marked

FORMS = (
    marked(
        "The country “%(text)s” is not known. Give the two letters of ISO 3166-1, as CI for "
        "Côte d’Ivoire."
    ),
    marked("The language “%(text)s” is not known. Give the code of ISO 639 and a level, as fr B2."),
    marked("The %(what)s “%(text)s” is not known. Did you mean %(one)s or %(other)s?"),
    marked("The %(what)s “%(text)s” is not known. Did you mean %(one)s?"),
    marked("The %(what)s “%(text)s” is not known. Known are: %(codes)s."),
    marked("“%(text)s” is neither yes nor no."),
    marked("“%(text)s” is no day. Write it as 2027-03-12."),
    marked("“%(text)s” is no date. Write 2027, 2027-03 or 2027-03-12, as far as it is known."),
    marked("“%(text)s” is no whole number from 0 to 1000000."),
    marked("“%(text)s” is no code. Use letters, digits and hyphens, no blanks."),
    marked("At most 300 characters fit here."),
    marked("At most 100000 characters fit here."),
    marked("Say which it is: this cell is empty."),
    marked("It ends (%(ends)s) before it starts (%(starts)s)."),
    marked("More women (%(women)s) than participants (%(people)s)."),
    marked("The code %(code)s stands in an earlier row as well. Leave one of them."),
    marked("This is new, and needs it: fill the cell."),
    marked(
        "It is %(stands)s here and %(given)s in the row. Move it on its own page, where its "
        "steps are kept, or leave the cell empty."
    ),
    marked("There is no Action %(code)s, neither here nor in these rows."),
)
"""The sentences, the more special one first."""
LISTS = {
    "word": marked("word"),
    "topic": marked("topic"),
    "type of activity": marked("type of activity"),
    "thematic area": marked("thematic area"),
    "region": marked("region"),
    "regional body": marked("regional body"),
}
"""What lists are called in these sentences."""


def cell_words(detail: str, tongue: Tongue) -> str:
    """Return what is wrong with a cell; a sentence that is not known stays as it is."""
    for form in FORMS:
        found = _pattern(form).fullmatch(detail)
        if found is not None:
            said = found.groupdict()
            if "what" in said:
                said["what"] = tongue.word(LISTS.get(said["what"], said["what"]))
            return tongue.word(form, **said) if said else tongue.word(form)
    return detail


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """Return a pattern of a sentence: its gaps take what the cell says, line ends too."""
    parts = re.split(r"%\((\w+)\)s", form)
    texts = [
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+?)" for at, part in enumerate(parts)
    ]
    return re.compile("".join(texts), re.DOTALL)
