"""Countries that running text says the person worked in: "deployed to Tunisia in 2019"."""

from __future__ import annotations

import re

from roster.ingest.sheet import Sheet
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.lines import Piece, sentences_of
from roster.ingest.wording.plain import plain
from roster.ingest.work.periods import find_periods
from roster.ingest.work.themes import is_denied
from roster.read import CountryExperience, Mission, Post
from roster.reference import countries
from roster.vocabulary import FactKind

_WORKED = re.compile(
    r"(?<!\w)(?:(?:was |been )?(?:deployed|posted|seconded|stationed) (?:to|in)|"
    r"work(?:ed|ing)? (?:\w+ ){0,3}in|(?:expert |field |short[- ]term )?missions? (?:to|in)|"
    r"(?:work(?:ing)?|professional|field|country|project|operational)? ?experience (?:\w+ ){0,2}in|"
    r"(?:field ?work|assignments?|deployments?|secondments?|postings?|served|lived|based|"
    r"consultanc(?:y|ies)) (?:and worked )?(?:in|to)|assigned to|"
    r"experiences? (?:professionnelles? |de terrain )?(?:au|aux|en|a|dans)|"
    r"(?:interventions?|sejours?|affectee?|mutee?|exerce) (?:au|aux|en|a)|"
    r"experiencia (?:laboral |profesional |profissional |de trabajo )?(?:en|no|na|em)|"
    r"(?:berufs|arbeits|projekt)?erfahrung(?:en)? in|tatig in|gearbeitet in|"
    r"esperienz[ae] (?:professional[ei] |lavorativ[ae] )?(?:in|nel|nella)|lavorato in|"
    r"countries (?:of|with|where|worked)(?: \w+){0,3} ?:|"
    r"pays (?:d'\w+|de mission|ou)(?: \w+){0,3} ?:|paises (?:de|con|en|donde|onde)(?: \w+){0,3} ?:|"
    r"missions? ?:|"
    r"(?:en mission|en poste|detachee?|deployee?) (?:au|aux|en|a|dans)|travaille (?:au|aux|en|a)|"
    r"missions? (?:au|aux|en)|"
    r"(?:desplegad[oa]|destinad[oa]|destacad[oa]) (?:a|en)|trabaj[oe] en|misi(?:on|ones) (?:a|en)|"
    r"(?:destacad[oa]|colocad[oa]) (?:em|no|na|para)|trabalhei (?:em|no|na)|"
    r"miss(?:ao|oes) (?:em|a|ao)|"
    r"(?:entsandt|abgeordnet) nach|einsatz in|einsatze in|"
    r"(?:distaccat[oa]|inviat[oa]) (?:in|a)|missioni? in|"
    r"(?:trainer|instructor|expert|format(?:eur|rice)|experte|formador[a]?|instrutor[a]?|perit[oa]|"
    r"expert[oa]|formatore|formatrice|espert[oa]|ausbilder(?:in)?|experte|expertin)(?: \w+)? "
    r"(?:in|en|au|aux|em|no|na|nel))"
    r"(?: (?:the|le|la|les|el|os|as|republic of))?\s*$"
)
_JOINED = re.compile(
    r"^\s*(?:\([^()]{0,40}\)|\d{4}(?:-\d{2,4})?)?\s*(?:,|;|and|et|y|e|und|&)?\s*"
    r"(?:and |et |y |e |und )?(?:the |in |en |au |aux |to |a |nach |la |le |les |l')?$"
)


def read_running_text(sheet: Sheet) -> None:
    """Note down countries of work that no entry names, out of profile and description of work."""
    known = set(_known(sheet))
    listed = any(section.kind is SectionKind.POSTS for section in sheet.sections)
    elsewhere = () if listed else (SectionKind.IDENTITY, SectionKind.OTHER)
    for piece in sheet.pieces(SectionKind.PROFILE, SectionKind.POSTS, *elsewhere):
        for sentence in sentences_of(piece):
            if is_denied(sentence.text):
                continue
            for code, where in _worked_in(sentence, sheet.language):
                if code in known:
                    continue
                known.add(code)
                spans = find_periods(sentence.text, sheet.language)
                sheet.note(
                    FactKind.COUNTRY,
                    CountryExperience(code),
                    where,
                    0.65,
                    period=spans[0].period if len(spans) == 1 else None,
                    doubt="read in running text",
                )


def _known(sheet: Sheet) -> list[str]:
    codes: list[str] = []
    for fact in sheet.facts:
        if isinstance(fact.value, Mission):
            codes += fact.value.countries
        elif isinstance(fact.value, Post | CountryExperience) and fact.value.country:
            codes.append(fact.value.country)
    return codes


def _worked_in(sentence: Piece, language: str | None) -> list[tuple[str, Piece]]:
    """Return the countries right after a word of going there, and those listed with the first."""
    low = plain(sentence.text)
    found: list[tuple[str, Piece]] = []
    end_of_last: int | None = None
    for mention in countries.find_countries(sentence.text, language):
        if mention.kind == "demonym":
            continue
        listed = end_of_last is not None and _JOINED.match(low[end_of_last : mention.start])
        if listed or _WORKED.search(low[: mention.start]):
            found.append((mention.code, sentence))
            end_of_last = mention.end
    return found
