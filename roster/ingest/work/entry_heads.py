"""The head of a dated entry: who the person was, for whom, where; and the text below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from roster.ingest.sheet import Sheet
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line, Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.titles import is_place, without_place
from roster.ingest.work.entries import LONG_LINE, Entry, is_bullet, is_running
from roster.ingest.work.entry_tokens import CITY, Token, is_bare_place, looked, tokens_of
from roster.ingest.work.occupations import LIKELY, Look, look_of

MOST_HEAD_LINES = 6
_STOP = re.compile(r"(?<=[a-zà-ÿ]{4})\.\s+(?=[A-ZÀ-Þ])")
MOST_WORDS_OF_A_NAME = 9
_AT = re.compile(
    r"\s(?:at(?: the)?|@|chez|bei(?:m| der| dem)?|presso(?: il| la| lo)?|aupr[eè]s (?:de la|"
    r"de l'|du|"
    r"des|de)|hos|u|у)\s+(?=[^\W\d_a-zà-ÿа-я])"
)
_IN = re.compile(
    r"\s(?:in(?: the)?|im|am|en(?: el| la)?|au(?:x)?|à la|à l'|no|na|em|ao|al(?: la)?|nel(?:la)?|"
    r"for(?: the)?|of(?: the)?|de la|de l'|du|des|del(?:la|l')?|do|da|für(?: das| die| den)?|"
    r"w|ve?|в|pour(?: le| la| l')?|with(?: the)?|within(?: the)?|dans|de|"
    r"from)\s?(?:(?:the |a )?(?:project|company|firm|startup|societe|empresa|firma|azienda|projet|"
    r"proyecto) )?(?=[^\W\d_a-zà-ÿа-я])"
)
_DUTY = re.compile(
    r"^(?:responsib|duties|tasks|main |key |activities|achievements|missions? ?:|taches|"
    r"principales|"
    r"aufgaben|funciones|tareas|tarefas|mansioni|attivita|obowiazki|atividades|stack|tools|"
    r"in charge|"
    r"develop(?:ed|ment|ing)|work(?:ed|ing) |manag(?:ed|ing)|support(?:ed|ing)|prepar(?:ed|ing|"
    r"ation)|"
    r"implement|participa|provid|conduct|coordinated|coordinating|coordination|draft|led |leading |"
    r"realis|gestion |mise en|elabor|redaction|suivi |analyse |analysis|analisi|gestao |gestion de|"
    r"desarroll|desenvolv|leitung |entwicklung|bearbeitung|mitarbeit |unterstutzung|organis|"
    r"atuando|"
    r"trabalhando|envolvido|negotiat|monitor|advis(?:ed|ing)|train(?:ed|ing) of|design |creat)"
)

MOST_WORDS_OF_A_FIRM = 4
_CAPITAL = re.compile(r"[^\W\d_a-zà-ÿа-я]|\d|&|of$|de$|and$")
_WITH = re.compile(r"(?:with|for)(?! the)\b")
_FIRM_WORD = re.compile(
    r"project|company|firm|startup|societe|empresa|firma|azienda|projet|proyecto"
)
_FIRM_SHAPE = re.compile(r"[A-Z]\w*-[A-Z]|[a-z][A-Z]|\d|\.(?:com|org|io|net)\b|&")
"""What a name shows that is no field of work: "Key-Group", "KeepIn", "Web24"."""


@dataclass(slots=True)
class Head:
    """Parts of a head; None where none was found."""

    title: Piece | None = None
    employer: Piece | None = None
    place: Piece | None = None
    duties: Piece | None = None
    sure: bool = False
    """Whether title and employer each look like one."""
    order: int = 0
    """1: the title stands first, -1: the employer does, 0: not told by their words."""
    tokens: list[Token] = field(default_factory=list)


def read_head(sheet: Sheet, entry: Entry, order: int = 1) -> Head:
    """Return the parts of the head of an entry.

    Parameters
    ----------
    order : 1 where other entries print the title first, -1 where they print the employer first
    """
    lines, rest = _head_lines(sheet, entry)
    tokens = [token for line in lines for token in tokens_of(sheet, line, entry)]
    tokens = _rejoined(sheet, tokens)
    head = _sorted_out(sheet, tokens, order)
    head.tokens = tokens
    if rest:
        head.duties = sheet.slice(rest[0].start, rest[-1].end)
    return head


def _head_lines(sheet: Sheet, entry: Entry) -> tuple[list[Line], list[Line]]:
    """Return the lines of the head and the lines of the text below."""
    head: list[Line] = []
    seen = {"title": False, "employer": False}
    for at, line in enumerate(entry.lines):
        passed = line.start > entry.dated.start
        if passed and (len(head) >= MOST_HEAD_LINES or not _goes_on(sheet, line, seen, head)):
            return head, list(entry.lines[at:])
        head.append(line)
        for token in tokens_of(sheet, line, entry):
            look = token.look
            seen["title"] |= look.is_title or token.plays == "title"
            seen["employer"] |= look.is_body or token.plays == "employer"
            if (look.title >= LIKELY and look.body >= LIKELY) or _holds_both(token.piece.text):
                seen["title"] = seen["employer"] = True
    return head, []


def _holds_both(text: str) -> bool:
    """Whether words name a title and, behind a comma, an employer."""
    first, comma, rest = text.partition(",")
    if not comma or not look_of(first).title >= LIKELY:
        return False
    return any(look_of(each.strip()).is_body for each in rest.split(","))


def _goes_on(sheet: Sheet, line: Line, seen: dict[str, bool], head: list[Line]) -> bool:
    """Whether a line below the date still belongs to the head."""
    if is_running(line) and (seen["employer"] or not _is_short_item(line)):
        return False
    text = line.text.strip()
    label = find_label(text)
    named = label is not None and label.field in {"position", "employer", "place", "client"}
    if named or is_place(text, sheet.language) or CITY.match(plain(text)):
        return True
    if _DUTY.match(plain(text).lstrip(" -•")) or (label is not None and label.end < len(text)):
        return False
    return _fits(line, look_of(text), seen, len(head))


def _fits(line: Line, look: Look, seen: dict[str, bool], height: int) -> bool:
    """Whether a line could be the part of a head that is still missing."""
    if (look.is_body and not seen["employer"]) or (look.is_title and not seen["title"]):
        return True
    if look.is_body and look.body > LIKELY and not line.apart and height < 4:
        return not look.title
    text = line.text.strip()
    missing = not all(seen.values()) and height < 3
    return missing and _is_name(text.split()) and not text.endswith((".", ";", ":"))


def _is_short_item(line: Line) -> bool:
    words = line.text.strip(" •-–*·").split()
    look = look_of(line.text.strip(" •-–*·"))
    return is_bullet(line) and len(words) <= MOST_WORDS_OF_A_NAME and look.is_body


def _is_name(words: Sequence[str]) -> bool:
    """Whether words could be a name of something: short, and mostly in capitals."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    if not words or len(words) > MOST_WORDS_OF_A_NAME:
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in long)
    return (words[0][0].isupper() and capitals * 2 >= len(long)) or not words[0].isascii()


def _rejoined(sheet: Sheet, tokens: list[Token]) -> list[Token]:
    """Join what a dash or a line break had split: "Ministry - Department"."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        gap = sheet.document.text[last.piece.end : token.piece.start] if last else ""
        if (
            last is not None
            and "|" not in gap
            and len(gap) <= 4
            and last.look.is_body
            and token.look.is_body
            and not (last.plays or token.plays)
            and ("\n" not in gap or token.look.body > LIKELY)
        ):
            piece = sheet.slice(last.piece.start, token.piece.end)
            joined[-1] = Token(piece, last.look, False, None)
        else:
            joined.append(token)
    return joined


def _sorted_out(sheet: Sheet, tokens: list[Token], order: int) -> Head:
    """Tell title, employer and place apart by labels, by words, else by their order."""
    head = Head()
    for name in ("title", "employer", "place"):
        found = next((token.piece for token in tokens if token.plays == name), None)
        setattr(head, name, found)
    free = [token for token in tokens if token.plays is None]
    places = [token for token in free if token.is_place]
    rest = _opened(sheet, [token for token in free if not token.is_place], head)
    if head.place is None and places:
        head.place = _whole_place(sheet, places)
    titles = [token for token in rest if token.look.is_title]
    bodies = [token for token in rest if token.look.is_body]
    title = max(titles, key=lambda token: token.look.title, default=None)
    body = max(bodies, key=lambda token: (token.look.body, -token.piece.start), default=None)
    if head.title is not None and head.employer is None and body is None:
        head.title, head.employer = open_title(head.title)
    head.sure = bool(title or head.title) and bool(body or head.employer)
    if title and body:
        head.order = 1 if title.piece.start < body.piece.start else -1
    _fill(head, rest, title, body, order)
    if head.title is None and head.employer is None and head.place is not None:
        head.title, head.place = _title_before(head.place, sheet.language)
    _trimmed(head, sheet.language)
    return head


def _trimmed(head: Head, language: str | None) -> None:
    """Cut off what follows title and employer: another sentence, a place."""
    if head.title is not None:
        head.title = _first_sentence(head.title)
    if head.employer is not None:
        head.employer = _first_sentence(head.employer)
        employer, place = without_place(head.employer, language)
        if head.place is None or (place is not None and is_place(place.text, language)):
            head.employer, head.place = employer, head.place or place


def _first_sentence(piece: Piece) -> Piece:
    stop = _STOP.search(piece.text)
    return piece.within(0, stop.start()) if stop else piece


def _title_before(place: Piece, language: str | None) -> tuple[Piece | None, Piece]:
    """Part a title nobody knows from the place behind it: "Notary, Athens"."""
    at = place.text.find(",")
    if at < 3 or is_place(place.text[:at], language):
        return None, place
    return place.within(0, at), place.within(at + 1, len(place.text))


def _whole_place(sheet: Sheet, places: Sequence[Token]) -> Piece:
    """Return the first place with what goes on of it on its line: "City: Bern | Country: …"."""
    first, last = places[0].piece, places[0].piece
    for token in places[1:]:
        if "\n" in sheet.document.text[last.end : token.piece.start]:
            break
        last = token.piece
    return sheet.slice(first.start, last.end)


def _fill(
    head: Head, rest: list[Token], title: Token | None, body: Token | None, order: int
) -> None:
    """Give title and employer the tokens that look so, then what is left, by its order."""
    left = [token for token in rest if token is not title and token is not body]
    left = [token for token in left if len(token.piece.text) <= LONG_LINE]
    if head.title is None:
        head.title = title.piece if title else None
    if head.employer is None:
        head.employer = body.piece if body else None
    if head.title is None and head.employer is None and len(left) > 1 and order < 0:
        head.employer = left.pop(0).piece
    if head.title is None and left:
        head.title = left.pop(0).piece
    if head.employer is None:
        left = [token for token in left if not token.look.is_title]
        if left:
            head.employer = left.pop(0).piece


def _opened(sheet: Sheet, tokens: list[Token], head: Head) -> list[Token]:
    """Split tokens that hold both a title and an employer, or a place in brackets."""
    has_body = head.employer is not None or any(token.look.is_body for token in tokens)
    has_title = head.title is not None or any(token.look.is_title for token in tokens)
    opened: list[Token] = []
    for token in tokens:
        token = _without_brackets(sheet, token, head)  # noqa: PLW2901 -- the same token, bared
        both = has_body and has_title and len(tokens) > 1
        parts = _by_preposition(token, both)
        if parts and head.employer is None and not look_of(parts[1].text).is_title:
            head.employer = parts.pop()
        parts = parts or _by_comma(token, both, len(tokens))
        opened += [looked(part) for part in parts] if parts else [token]
    found = [token for token in opened if is_bare_place(token.piece.text, sheet.language)]
    if head.place is None and found:
        head.place = found[0].piece
    return [token for token in opened if token not in found]


def _without_brackets(sheet: Sheet, token: Token, head: Head) -> Token:
    found = re.search(r"\s*\(([^()]{2,50})\)\s*$", token.piece.text)
    if not found or found.start() < 2:
        return token
    inner = token.piece.within(found.start(1), found.end(1))
    words = inner.text.split(",")
    if any(is_place(word.strip(), sheet.language) for word in [inner.text, *words[:2]]):
        head.place = head.place or inner
        return looked(token.piece.within(0, found.start()))
    return token


def _by_preposition(token: Token, both: bool) -> list[Piece] | None:
    """Split "Adviser at the Ministry" where the parts look so."""
    text = token.piece.text
    for found in _AT.finditer(text):
        left, right = look_of(text[: found.start()]), look_of(text[found.end() :])
        if left.title >= LIKELY or right.is_body:
            return [
                token.piece.within(0, found.start()),
                token.piece.within(found.end(), len(text)),
            ]
    if both:
        return None
    for found in _IN.finditer(text):
        left, right = look_of(text[: found.start()]), look_of(text[found.end() :])
        strong = right.is_body and right.body > LIKELY and not left.body
        if left.is_title and (strong or _is_firm(found.group(), text[found.end() :])):
            return [
                token.piece.within(0, found.start()),
                token.piece.within(found.end(), len(text)),
            ]
    return None


def _is_firm(link: str, words: str) -> bool:
    """Whether words behind "with", "for" or "in" have the shape of a name nobody knows."""
    name = words.partition(",")[0].strip()
    parts = name.split()
    if not 0 < len(parts) <= MOST_WORDS_OF_A_FIRM or not all(_CAPITAL.match(one) for one in parts):
        return False
    if _FIRM_WORD.search(link):
        return True
    return _WITH.match(link.strip()) is not None or _FIRM_SHAPE.search(name) is not None


def open_title(piece: Piece) -> tuple[Piece, Piece | None]:
    """Split a title that names its employer too: "Inspector, Border Police"."""
    token = looked(piece)
    parts = _by_preposition(token, both=False) or _by_comma(token, both=True, count=1)
    if not parts or len(parts) != 2 or not look_of(parts[1].text).is_body:
        return piece, None
    return parts[0], parts[1]


def _by_comma(token: Token, both: bool, count: int) -> list[Piece] | None:
    """Split "Title, Employer, Place" at the comma where what the words are changes."""
    text = token.piece.text
    commas = [
        found.start()
        for found in re.finditer(r"[,:](?=\s)", text)
        if text.count("(", 0, found.start()) == text.count(")", 0, found.start())
    ]
    if not commas:
        return None
    first = look_of(text[: commas[0]])
    for number, at in enumerate(commas):
        end = commas[number + 1] if number + 1 < len(commas) else len(text)
        segment = look_of(text[at + 1 : end].strip())
        changes = (first.is_title and segment.is_body) or (first.is_body and segment.is_title)
        if changes and not (first.is_title and segment.title > segment.body):
            return [token.piece.within(0, at), token.piece.within(at + 1, len(text))]
    if not both and count == 1 and not text[commas[0] + 1 :].lstrip()[:1].islower():
        return [token.piece.within(0, commas[0]), token.piece.within(commas[0] + 1, len(text))]
    return None
