"""A letter taken apart: letterhead, addressee, subject, sentences of the body, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roster.ingest.wording.lines import Line, Piece, lines_of, sentences_of
from roster.ingest.wording.plain import plain

HEAD_LINES = 14
FOOT_LINES = 12
_SUBJECT = re.compile(
    r"^\W*(?:subject|object|objet|asunto|assunto|betreff|betr\.?|oggetto|re|ref|concerne|tema|"
    r"الموضوع|موضوع)(?: ?/ ?\w+)? ?[:：.]\s*"
)
_SALUTATION = re.compile(
    r"^\W*(?:dear|sir|madam|your excellenc|excellenc|monsieur|madame|mesdames|estimad|excelent|"
    r"excmo|distinguid|senor|exm[oa]|senhor|caro|prezad|sehr geehrte|gentile|egregi|spett|"
    r"السيد|سعادة|معالي|حضرة)"
)
_CLOSING = re.compile(
    # Two dashes begin the signature of an e-mail; a longer row of them is a rule.
    r"^\s*--\s*$|"
    r"^\W*(?:yours|sincerely|respectfully|with (?:best|kind|my|our)|please accept|i avail|veuillez|"
    r"(?:kind|best|warm) (?:regards|wishes)|regards|best ?[,!]?$|many thanks|cordialement|"
    r"bien (?:a vous|cordialement)|salutations|respectueusement|meilleures salutations|"
    r"un (?:cordial )?saludo|saludos|saluda\w* atentamente|cordialmente|muy atentamente|"
    r"cumprimentos|melhores cumprimentos|com (?:elevada|os|a mais|consideracao)|com estima|"
    r"mit (?:besten|herzlichen|vorzuglicher)|beste grusse|con osservanza|con i migliori|"
    r"in attesa|"
    r"je vous prie|nous vous prions|en vous remerciant|dans l'attente|atentamente|"
    r"aprovecho|reciba|sin otro|com os melhores|atenciosamente|aproveit|queira|mit freundlichen|"
    r"hochachtungsvoll|distinti saluti|cordiali|voglia|وتفضلوا|مع فائق|مع خالص)"
)
_ADDRESSEE = re.compile(
    r"^\W*(?:to|attn|attention|a l'attention|a l'att|a|al|ao|an|an die|alla|to the)\b ?[:,]|"
    r"international centre for migration|icmpd|mieux|european commission|commission europeenne|"
    r"comision europea|comissao europeia|europaische kommission|commissione europea|"
    r"delegation (?:of the european|de l'union|der europaischen)|delegacion de la union|"
    r"delegacao da uniao|delegazione dell'unione|1190|vienna, austria|gonzagagasse"
)


_SENDER = re.compile(
    r"^\W*(?:from|sender|de|expediteur|emisor|remitente|remetente|von|absender|da|mittente|من)"
    r" ?[:：]\s*"
)
_REPLY = re.compile(r"(?:(?:re|tr|fw|fwd|aw|wg|rv|enc|r|i) ?: ?)+")
_NUMBER_ONLY = re.compile(r"[\w./° -]{0,12}\d[\w./° -]*")
"""What follows "Ref.:" and is a file number, not a subject."""
MOST_OF_A_SUBJECT = 130


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of one letter; `flow` is its text with the lines of a paragraph joined."""

    flow: str
    head: tuple[Line, ...]
    subject: Piece | None
    body: tuple[Piece, ...]
    foot: tuple[Line, ...]
    sender: Piece | None = None
    """What an e-mail or fax says after "From:"."""

    @property
    def sentences(self) -> tuple[Piece, ...]:
        """The subject, then the sentences of the body."""
        return (*((self.subject,) if self.subject else ()), *self.body)


_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_EARLIER_MESSAGE = re.compile(
    r"^[ \t]*[-_=*]{2,}[ \t]*(?:original|urspr|mensaje|mensagem|message|messaggio|forwarded|"
    r"weiterg|reenviado|encaminhad|transf)[^\n]{0,40}[-_=*]{2,}[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ENOUGH_TO_ASK = 40
"""Words above an earlier message; fewer only pass it on."""
_TICKED = re.compile(r"\[ ?[xX✓✔✗] ?\]|\( ?[xX✓✔] ?\)|[☒☑✓✔⌧]")
_UNTICKED = re.compile(r"\[[ _]{0,3}\]|\([ _]{1,3}\)|[☐□◻❏❑]")
_BOX = re.compile(f"{_TICKED.pattern}|{_UNTICKED.pattern}")


def own_words(text: str) -> str:
    """Return a text of the same length, blank where it says nothing of its own.

    That are messages it quotes, and the boxes of a form that nobody ticked.
    """
    return without_unticked(without_quoted(text))


def without_quoted(text: str) -> str:
    """Return a text of the same length with the messages that it quotes blanked, if it has others.

    What an earlier message said of languages and countries is no wish of this one.
    """
    bare = _QUOTED.sub(lambda found: " " * len(found.group()), text)
    earlier = _EARLIER_MESSAGE.search(bare)
    if earlier and len(bare[: earlier.start()].split()) >= _ENOUGH_TO_ASK:
        bare = bare[: earlier.start()] + _blank(bare[earlier.start() :])
    return bare if bare.strip() else text


def without_unticked(text: str) -> str:
    """Return a text of the same length with what stands at boxes not ticked blanked.

    A form without any tick has not been filled in so, and stays as it is.
    """
    if not (_TICKED.search(text) and _UNTICKED.search(text)):
        return text
    return "".join(_ticked_only(line) for line in text.splitlines(keepends=True))


def _ticked_only(line: str) -> str:
    """Blank the choices of a line that are not ticked, their boxes before or behind them."""
    boxes = list(_BOX.finditer(line))
    if not boxes or not any(_UNTICKED.fullmatch(one.group()) for one in boxes):
        return line
    behind = (
        bool(line[: boxes[0].start()].strip(" \t-–•*|")) and not line[boxes[-1].end() :].strip()
    )
    edges = [0, *(one.end() for one in boxes)] if behind else [one.start() for one in boxes]
    edges += [] if behind else [len(line)]
    for box, start, end in zip(boxes, edges, edges[1:], strict=False):
        if _UNTICKED.fullmatch(box.group()):
            label = line.rfind(":", start, end) + 1 if behind else 0
            first = max(start, label)
            line = line[:first] + _blank(line[first:end]) + line[end:]
    return line


def _blank(words: str) -> str:
    """Return spaces in the place of words, lines kept."""
    return "".join(one if one in "\r\n" else " " for one in words)


def take_apart(text: str) -> Letter:
    """Return the parts of a letter; any of them may be empty."""
    flow = join_lines(own_words(text))
    lines = lines_of(flow)
    subject = next((at for at, line in enumerate(lines[:30]) if _is_subject(line)), None)
    sender = next((line for line in lines[:15] if _SENDER.match(plain(line.text))), None)
    salutation = next(
        (at for at, line in enumerate(lines[:30]) if _SALUTATION.match(plain(line.text))), None
    )
    closing = next(
        (
            at
            for at in range(len(lines) - 1, max(-1, len(lines) - 20), -1)
            if _CLOSING.match(plain(lines[at].text))
        ),
        None,
    )
    if subject is None and salutation is not None:
        subject = _bare_subject(lines, salutation)
    begins = min(at for at in (subject, salutation, _first_long(lines)) if at is not None)
    if closing is not None and closing < begins:
        closing = None  # Nothing closes before it has begun.
    ends = closing + 1 if closing is not None else len(lines)
    return Letter(
        flow=flow,
        head=tuple(_without_addressee(lines[: min(begins, HEAD_LINES)])),
        subject=_subject(lines[subject]) if subject is not None else None,
        body=tuple(
            sentence
            for at, line in enumerate(lines[begins:ends], begins)
            if at != subject and not _CLOSING.match(plain(line.text))
            for sentence in sentences_of(line.piece)
        ),
        foot=tuple(lines[ends:][-FOOT_LINES:] if closing is not None else lines[-4:]),
        sender=_after(_SENDER, sender) if sender is not None else None,
    )


def greets_and_closes(text: str) -> bool:
    """Whether a text begins by greeting somebody and ends with a closing, as letters do."""
    lines = [plain(line) for line in text.splitlines() if line.strip()]
    greeted = any(_SALUTATION.match(line) for line in lines[:HEAD_LINES])
    return greeted and any(_CLOSING.match(line) for line in lines[-FOOT_LINES:])


def _first_long(lines: list[Line]) -> int:
    return next((at for at, line in enumerate(lines) if len(line.text) > 90), min(6, len(lines)))


def _is_subject(line: Line) -> bool:
    found = _SUBJECT.match(plain(line.text))
    return found is not None and not _NUMBER_ONLY.fullmatch(line.text[found.end() :].strip())


def _bare_subject(lines: list[Line], salutation: int) -> int | None:
    """Return the line below the salutation that stands alone like a heading, if one does."""
    if salutation + 2 >= len(lines):
        return None
    line, after = lines[salutation + 1], lines[salutation + 2]
    alone = line.apart and after.apart and len(line.text) <= MOST_OF_A_SUBJECT
    is_heading = len(line.text.split()) > 2 and not line.text.rstrip().endswith(
        (".", ",", "!", "?", ":")
    )
    return salutation + 1 if alone and is_heading and len(after.text) > len(line.text) else None


def _subject(line: Line) -> Piece:
    piece = _after(_SUBJECT, line)
    reply = _REPLY.match(plain(piece.text))
    return piece.within(reply.end() if reply else 0, len(piece.text))


def _after(label: re.Pattern[str], line: Line) -> Piece:
    found = label.match(plain(line.text))
    return line.piece.within(found.end() if found else 0, len(line.text))


def _without_addressee(lines: list[Line]) -> list[Line]:
    """Leave out the block of whoever the letter goes to."""
    kept: list[Line] = []
    skipping = False
    for line in lines:
        if _ADDRESSEE.search(plain(line.text)):
            skipping = True
            while kept and not kept[-1].apart and not line.apart and len(kept) > 1:
                kept.pop()
            continue
        if skipping and not line.apart:
            continue
        skipping = False
        kept.append(line)
    return kept


def join_lines(text: str) -> str:
    """Return the text with line breaks inside paragraphs turned to spaces; offsets stay.

    Above the salutation a line goes on only where the next begins with a small letter.
    """
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    greeting = next((at for at, line in enumerate(lines) if _SALUTATION.match(plain(line))), None)
    body = greeting if greeting is not None else _first_full(lines)
    joined: list[str] = []
    for at, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        full = at > body and len(line) > max(50, 0.75 * usual)
        full = full and not line.rstrip().endswith((".", ":", ";", "!", "?"))
        goes_on = bool(after.strip()) and (full or (len(line) > 20 and after[:1].islower()))
        joined += [line, " " if goes_on and after.lstrip()[:1] not in "-•*–▪" else "\n"]
    return "".join(joined[:-1])


def _first_full(lines: list[str]) -> int:
    return next((at for at, line in enumerate(lines) if len(line) > 90), len(lines)) - 1
