"""In which languages the work of a request is done, and from which level, as its letter says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.ingest.wording.prefixes import without_prefixes
from roster.read import LanguageNeed
from roster.reference import countries, languages, levels
from roster.reference.countries import NAME
from roster.reference.languages import LanguageMention
from roster.vocabulary import LanguageLevel

_SPEAKS = re.compile(
    r"(?<!\w)(?:languages?|be used|utilise\w*|utiliza\w*|verwendet|knowledge of|level of|level in|"
    r"niveau|connaissance\w*|nivel|conocimiento\w*|conhecimento\w*|livello|\w*kenntnis\w*|"
    r"fluen\w+|command of|speak\w*|spoken|proficien\w+|interpret\w+|"
    r"langues?|parl(?!ement|iament|ament)\w+|maitris\w+|courant|interpretation|idiomas?|habl\w+|"
    r"domin(?:io|ar|a|am|an|e|em|en)(?!\w)|fluidez|lenguas?|linguas?|fal(?:a\w{0,5}|em|e|ou)(?!\w)|"
    r"\w*sprach\w*|beherrsch\w*|padronegg\w+|"
    r"sprech\w*|fliessend|fließend|lingu[ae]|conoscenza)|"
    r"اللغة|لغة|لغت|لغات|يتحدث|إجادة|اجاد"
)
_HOSTS_SPEAK = re.compile(
    r"(?<!\w)(?:officers|officials|staff|personnel|participants?|trainees|counterparts?|"
    r"colleagues|teams?|interlocutors|cadres|agents|fonctionnaires|interlocuteurs|stagiaires|"
    r"equipes?|funcionari[oa]s|tecnicos|agentes|participantes|equipos?|interlocutores|formandos|"
    r"mitarbeite\w+|beamte\w*|funzionari|partecipanti) (?:all |mostly |mainly |only |here |tous |"
    r"surtout |ici |solo |aqui |apenas |so )?(?:speaks?|parlent|parle|hablan?|falam?|sprechen|"
    r"parlano)(?!\w)"
)
"""Who receives the experts speaks it: that is no need of theirs."""
_LABEL = re.compile(r":\s*$")
_SMALL_IN = frozenset({"fr", "es", "pt", "it"})
"""Languages that write the names of languages small; a capital one is a place or a people."""
_ONE_OF_THEM = re.compile(
    r"at least one|one of the (?:experts|members)|au moins un|l'un des|al menos un|uno de los|"
    r"pelo menos um|um dos|mindestens ein|einer der|almeno uno|uno degli"
)
_WELCOME_ONLY = re.compile(
    r"(?:an )?advantage|asset|welcome|desirable|would help|un (?:plus|atout|avantage)|souhaitee?s?|"
    r"souhaitable|bienvenu\w*|optional|not essential|apprecie\w*|valorad\w+|valued|"
    r"deseable|ventaja|se valora|desejavel|vantagem|mais-valia|von vorteil|wunschenswert|"
    r"gradit\w|titolo preferenziale|"
    r"(?<!\w)(?:useful|util|utiles?|utili|uteis|nutzlich\w*|hilfreich)(?!\w)|"
    r"not (?:be )?(?:required|necessary)|pas (?:necessaire|requis)|"
    r"no (?:es|se) (?:necesari|requier)\w*|nao (?:e|sera) necessari\w"
)
_IN = re.compile(
    r"(?<!\w)(?:in|en|em|auf|uf|en langue|in lingua|en idioma|em lingua|in der sprache|"
    r"only|بال|باللغة)\s*(?:the )?$"
)
"""What stands before a language in which something is held, written or said."""
_ONLY = re.compile(r"^\s*(?:only|seulement|uniquement|solamente|apenas)\b")
_LISTED = re.compile(
    r"[\s,/;]*(?:and|et|y|e|und|or|ou|o|oder|&|و)?\s*(?:in |en |em |auf |le |l'|el |o |il )*"
)
_LISTS_ONLY = re.compile(r"(?:[\s,/]|(?<!\w)(?:and|et|y|e|und|or|ou|o|oder|u)(?!\w))*")
_EITHER = re.compile(r"\s*(?:or|ou|o|oder|/|أو)\s*(?:in |en |em |auf |le |l'|el |o |il )*")
_INTERPRETED = re.compile(
    r"(?:interpret|traduc|translat|ubersetz|dolmetsch|interprete)[^.;]{0,60}(?:provid|availab|"
    r"fourni|assur|disponib|proporcion|facilit|gestellt|verfugung|fornit|garantit|offer|previst|"
    r"hire|recrut|contrat|engage)|"
    r"simultaneous interpret|interpretation simultanee|interpretacion simultanea|"
    r"interpretacao simultanea|simultandolmetsch|ترجمة فورية"
)
_THROUGH = re.compile(
    r"(?:avec|with|con|com|mit|through|par|via|by|durch|tramite|mediante|a traves|atraves)(?!\w)"
    r"[^.;]{0,25}(?:interpret(?:er|e|i)s?|interpreta[ct]\w+|traduction|traduccion|traducao|"
    r"traduzione|translation|ubersetzung|dolmetsch\w*|traducteurs?|translators?|tradu[ct]t?or(?:es)?)(?!\w)"
)
_SIMULTANEOUS = re.compile(r"(?<!\w)simult")
_OUT_OF = re.compile(
    r"(?:interpret|translat|tradu|tradott|ubersetz|gedolmetscht)\w* "
    r"(?:from|du|de l'|de|del|do|da|dal|aus)(?: dem)? ?(?:the )?$"
)
_OFFICIAL = re.compile(
    r"official languages?|langues? officielles?|(?:lenguas?|idiomas?) oficial\w*|"
    r"linguas? oficia\w+|amtssprachen?|lingue? ufficial\w"
)
_OF_WORK = re.compile(
    r"work|travail|trabaj|trabalh|arbeit|lavor|held|tenu|session|sesion|sess|seminar|experts?|"
    r"must|doi(?:t|vent)|debe|deve|muss|requir|requi[es]|exig"
)
_ALSO_ACCEPTED = re.compile(
    r"(?:also|equally|likewise) (?:be )?accept|(?:egalement|aussi) accept|"
    r"(?:tambien se|se) acepta\w* (?:tambien|igualmente)|tambien (?:se acepta|es aceptad)|"
    r"(?:igualmente|tambem) (?:e |sera )?aceit|ebenfalls (?:akzeptiert|moglich)|anche accettat|"
    r"accettat\w anche"
)
_ACCEPTED = re.compile(
    r"(?<!\w)(?:we (?:can |will |would |also |gladly )*(?:accept|take|work in|manage in|get by in)|"
    r"(?:is|are|would be) (?:also |equally |just as )?(?:fine|accepted|acceptable|possible|good)|"
    r"will (?:also )?do|failing that|alternatively|"
    r"(?:nous |on )?accept(?:ons|erons|erions|e) (?:aussi |egalement )?"
    r"(?:des |les |qui|ceux|celles|le |l'|une? )|"
    r"(?:est|sont|serait|sera) (?:aussi |egalement )?(?:accepte|possible|acceptable)|a defaut|"
    r"convient (?:aussi|egalement)|(?:peut|pourra) (?:aussi |egalement )?remplacer|"
    r"(?:tambien )?(?:aceptamos|aceptariamos|admitimos|se admite|vale|sirve)|en su defecto|"
    r"(?:es|seria|sera) (?:tambien )?(?:posible|aceptable)|"
    r"(?:tambem )?(?:aceitamos|aceitariamos|admitimos|admite-se|aceita-se)|"
    r"(?:e|sera|seria) (?:tambem )?(?:possivel|aceitavel)|na falta (?:dele|dela|deste)|"
    r"em alternativa|en alternative|como alternativa|(?:wir )?akzeptieren|"
    r"geht auch|auch moglich|ersatzweise|hilfsweise|accettiamo|va bene anche|in alternativa)(?!\w)"
)
"""In a sentence on a language that is as good as the one asked for."""
_WITHOUT = re.compile(r"(?<!\w)(?:without|sans|sin|sem|ohne|senza|unless|only|que|seulement)(?!\w)")
_NOT_ACCEPTED = re.compile(
    r"(?<!\w)(?:(?:not|cannot|no|ne|pas|nao|nicht|kein\w*|non) |n')(?:\w+ )?"
    r"(?:accept|take|work|acept|aceit|admit|akzeptier|accett|moglich|possib|posible|suffic)"
)
_PROVIDED = re.compile(
    r"^\W{0,2}(?:(?:is|are|will be|sera|est|es|e|wird|sara) )?"
    r"(?:provided|catered|taken care|arranged|"
    r"fourni\w*|assure\w*|pris en charge|asegurad\w+|a cargo|cubiert\w+|assegurad\w+|garantid\w+|"
    r"gestellt|fornit\w+|assicurat\w+)(?!\w)"
)
"""What follows a language that the hosts see to themselves."""
_EARLIER = re.compile(r"(?:translated|traduit|traducid|traduzid|ubersetzt|tradott)\w* \w+ ?$")
_NOT_SPOKEN = re.compile(
    r"(?<!\w)(?:do(?:es)? not (?:all )?(?:speak|master|understand|know)|(?:speak|have) no |"
    r"not fluent|(?:ne|n')\s?(?:parl|maitris|comprenn|connaiss)\w+ (?:pas|guere|peu)|"
    r"no (?:habl|domin|entiend)\w+|nao (?:fal|domin|entend)\w+|sprechen kein|spricht kein|"
    r"non (?:parl|conosc)\w+|(?:is|are) (?:not|hardly|rarely) (?:\w+ )?spoken|"
    r"n'est (?:pas|guere) parle|no se habla|nao se fala|non si parla|"
    r"(?:nobody|no one|no-one|none|hardly any(?:one|body)|few|personne|aucun\w*|rares|peu|nadie|"
    r"ningun\w*|pocos|pocas|ninguem|nenhum\w*|poucos|poucas|niemand|keiner|kaum jemand|wenige|"
    r"nessuno|pochi|poche)(?: [^\W\d]+){0,4}? (?:speak|understand|habl|domin|entiend|fal[ae]|"
    r"entend|parl|maitris|compren|spricht|sprechen|versteh|conosc)\w*)"
)
"""Who receives the experts does not speak it: nobody needs it."""
_SPOKEN_BY_NONE = re.compile(
    r"(?<!\w)(?:(?:is|are) (?:not|hardly|rarely)|n'est (?:pas|guere|peu)|nao e|no es|non e|"
    r"wird (?:nicht|kaum)) (?:\w+ )?(?:spoken|understood|parlee?|comprise?|falad[oa]|entendid[oa]|"
    r"compreendid[oa]|hablad[oa]|parlat[oa]|capit[oa]|gesprochen|verstanden)(?!\w)"
)
"""The same, said of a language that stands before it."""
_CLAUSE_ENDS = re.compile(
    r"[,;.:()]|(?<!\w)(?:but|so|hence|mais|donc|pero|asi que|mas|por isso|aber|also|sondern|ma|"
    r"quindi)(?!\w)"
)
_CEFR = re.compile(r"[ :(,]{0,3}(?:level |niveau |nivel )?[abc][12](?!\w)")
"""A level behind a language makes it one to be known."""
_LEAST = re.compile(r"(?<!\w)(?:minim\w+|at least|au moins|al menos|pelo menos|mindestens|almeno)")
_WORKING = re.compile(
    r"working (?:knowledge|level|proficiency)|connaissances? (?:pratique|professionnelle)s?|"
    r"conocimientos? (?:practico|funcional|de trabajo)\w*|conhecimentos? (?:pratico|funciona)\w*"
)
_FOR_WHO_LACKS = re.compile(
    r"(?<!\w)(?:who(?:ever)?|those who|anyone who|experts? who|colleagues? who|"
    r"qui|ceux qui|celles qui|"
    r"quiconque|quien(?:es)?|l[oa]s que|quem|[ao]s que|wer|chi)(?!\w)[^.;]{0,40}?"
    r"(?<!\w)(?:not|no|ne|pas|nao|nicht|kein\w*|non|n'\w+)(?!\w)[^.;]{0,120}?"
    r"(?:interpret\w*|dolmetsch\w*|traduc\w+|tradut\w+|traduttor\w+)"
)
"""An interpreter waits for whoever does not speak the language of the work."""
_DEFAULT = LanguageLevel.B2


def find_needs(body: Sequence[Piece], language: str | None) -> list[tuple[LanguageNeed, Piece]]:
    """Return each language that the work needs, once, with the place that says so.

    Parameters
    ----------
    body : sentences of the letter
    language : ISO 639-1 of the letter

    Returns
    -------
    needs : no language that is merely welcome; where interpretation is provided, or the letter
        says "or", one member of the team who speaks each is enough
    """
    found: dict[str, tuple[LanguageNeed, Piece]] = {}
    interpreted = any(_INTERPRETED.search(plain(one.text)) for one in body)
    labelled = False
    for sentence in body:
        low, under_label = plain(sentence.text), labelled
        labelled = bool(_LABEL.search(low) and _SPEAKS.search(low))
        if _names_no_need(low):
            continue
        for need, where in _needs_of(_said(sentence), language, is_labelled=under_label):
            known = found.get(need.language)
            if known is None or (known[0].minimum is _DEFAULT and need.minimum is not _DEFAULT):
                found[need.language] = need, where
    also = any(_ALSO_ACCEPTED.search(plain(one.text)) for one in body)
    also = also or _admits_another(body, found)
    helped = any(_FOR_WHO_LACKS.search(plain(one.text)) for one in body)
    if helped or ((interpreted or also) and len(found) > 1):
        return [
            (LanguageNeed(need.language, need.minimum, everyone=False), where)
            for need, where in found.values()
        ]
    return list(found.values())


def _admits_another(body: Sequence[Piece], found: Mapping[str, tuple[LanguageNeed, Piece]]) -> bool:
    """Whether a sentence says of a language found in it that it will do as well as the others.

    A sentence that names all of them says it of one beside the other; else another one asks.
    """
    for sentence in body:
        low = plain(sentence.text)
        if not _accepts(low):
            continue
        if any(sentence.start <= where.start < sentence.end for _, where in found.values()):
            return True
    return False


def _accepts(low: str) -> bool:
    return bool(_ACCEPTED.search(low)) and not _NOT_ACCEPTED.search(low)


def _names_no_need(low: str) -> bool:
    """Whether a sentence tells what the hosts speak or refuse, or official languages."""
    if _HOSTS_SPEAK.search(low) or (_NOT_ACCEPTED.search(low) and not _WITHOUT.search(low)):
        return True
    return bool(_OFFICIAL.search(low)) and not _OF_WORK.search(low)


def _said(sentence: Piece) -> Piece:
    """Return a sentence, blank where it says what somebody does not speak, to the clause's end."""
    low, words = plain(sentence.text), sentence.text
    for pattern in (_NOT_SPOKEN, _SPOKEN_BY_NONE):
        for denied in pattern.finditer(low):
            start = denied.start()
            if pattern is _SPOKEN_BY_NONE:
                start = max([one.end() for one in _CLAUSE_ENDS.finditer(low, 0, start)], default=0)
            stop = _CLAUSE_ENDS.search(low, denied.end())
            end = stop.start() if stop else len(low)
            words = words[:start] + " " * (end - start) + words[end:]
    return Piece(sentence.start, sentence.end, words)


def level_of_own(body: Sequence[Piece], language: str | None) -> LanguageLevel:
    """Return the level asked of the letter's own language where no sentence names a language.

    "In our language (C1)", "fluency of B2 will do": the one value that sentences on languages
    or least levels state; B2 where there is none or several.
    """
    stated: set[LanguageLevel] = set()
    for sentence in body:
        low = plain(_said(sentence).text)
        if not (_SPEAKS.search(low) or _LEAST.search(low)) or _WELCOME_ONLY.search(low):
            continue
        if languages.find_languages(sentence.text, language):
            continue
        found = levels.read_level(sentence.text, language)
        if found is not None and found.level is not None and found.basis == levels.STATED:
            stated.add(found.level)
    return stated.pop() if len(stated) == 1 else _DEFAULT


def _is_interpreted(
    low: str, mention: LanguageMention, mentions: Sequence[LanguageMention]
) -> bool:
    """Whether interpreters stand between the work and a language, or a list that it is in."""
    if _OUT_OF.search(low[: mention.start]):
        return True
    through = _THROUGH.search(low, mention.end)
    if through is None or _SIMULTANEOUS.search(through.group()):
        return False  # Booths make each a language of the sessions.
    between = low[mention.end : through.start()]
    for other in mentions:
        if mention.end <= other.start and other.end <= through.start():
            between = between.replace(low[other.start : other.end], " ")
    return _LISTS_ONLY.fullmatch(between) is not None


def _needs_of(
    sentence: Piece, language: str | None, *, is_labelled: bool
) -> list[tuple[LanguageNeed, Piece]]:
    text = without_prefixes(sentence.text, language)
    low = plain(text)
    lands = {one.start for one in countries.find_countries(text, language) if one.kind == NAME}
    mentions = languages.find_languages(text, language)
    mentions = [
        one
        for one in mentions
        if one.start not in lands and not _is_place(text, one, language)  # "as in Georgia"
    ]
    speaks = is_labelled or bool(_SPEAKS.search(low)) or _accepts(low)
    gaps = [low[a.end : b.start] for a, b in pairwise(mentions)]
    shared = text if all(_LISTED.fullmatch(gap) for gap in gaps) else ""
    welcome = _welcome_only(low, mentions)
    needs: list[tuple[LanguageNeed, Piece]] = []
    carried = False
    for at, mention in enumerate(mentions):
        end = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
        first = mentions[at - 1].end if at else 0
        carried = carried and bool(_LISTED.fullmatch(low[first : mention.start]))
        carried = carried or speaks or _is_medium(low, mention.start, mention.end)
        carried = carried or bool(_CEFR.match(low[mention.end : end]))
        if _is_interpreted(low, mention, mentions) or _PROVIDED.match(low[mention.end : end]):
            continue
        if not carried or mention.code in welcome:
            continue
        either = any(
            _EITHER.fullmatch(low[left:right])
            for left, right in ((first, mention.start), (mention.end, end))
        )
        everyone = not (either or _ONE_OF_THEM.search(low))
        minimum = _minimum(text[first : mention.start], text[mention.end : end], shared, language)
        where = sentence.within(mention.start, mention.end)
        needs.append((LanguageNeed(mention.code, minimum, everyone), where))
    return needs


def _welcome_only(low: str, mentions: Sequence[LanguageMention]) -> frozenset[str]:
    """Return the languages that a sentence calls useful, at whichever of their places in it.

    "Some files are in Russian, so reading Russian is an asset" needs no Russian.
    """
    found = set()
    for at, mention in enumerate(mentions):
        first = mentions[at - 1].end if at else 0
        end = mentions[at + 1].start if at + 1 < len(mentions) else len(low)
        if _WELCOME_ONLY.search(low[first:end]):
            found.add(mention.code)
    return frozenset(found)


def _is_place(text: str, mention: LanguageMention, language: str | None) -> bool:
    """Whether a language that no state works in is a place or people here: Douala, Lunda."""
    is_capital = text[mention.start : mention.start + 1].isupper()
    return is_capital and language in _SMALL_IN and not languages.is_official(mention.code)


def _is_medium(low: str, start: int, end: int) -> bool:
    return bool(_IN.search(low[:start]) or _ONLY.match(low[end:]))


def _minimum(before: str, after: str, sentence: str, language: str | None) -> LanguageLevel:
    """Return the level asked for: stated behind the language, else before it, else anywhere."""
    for words in (after, before, sentence):
        found = levels.read_level(words, language) if words.strip(" ,.;:") else None
        if found is not None and found.level is not None:
            if found.basis == levels.WORD and _WORKING.search(plain(words)):
                return _DEFAULT
            return LanguageLevel.C2 if found.level is LanguageLevel.NATIVE else found.level
    return _DEFAULT
