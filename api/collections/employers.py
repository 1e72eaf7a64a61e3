"""Who employs somebody now, and in which country, where no line of a CV is read as a post.

The first words that name an office, a firm or a body decide, but those dated in the past; which
country it serves, `api.collections.homes` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.collections.homes import home_of, is_written_in_the_union
from matching import relations
from roster.dates import Period
from roster.ingest.wording.plain import plain
from roster.ingest.work.periods import find_periods
from roster.read import ExpertView
from roster.reference import administrations, countries
from roster.vocabulary import ExpertKind, LanguageLevel

OFFICIALS = frozenset({ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION})
_HEAD_LINES = 8
"""Lines of the beginning in which a country may stand apart from its office."""
_MOST_WORDS = 60
_MOST_OTHERS = 3
_NEAR_END_DAYS = 400
"""A post that ended so lately is the last one known, and counts as held."""
_BEFORE_DATES = 12
"""Characters that may stand before the dates of a post: a label, a bullet."""
_SINCE = re.compile(r"(?<!\w)(?:since|seit|depuis|desde|dal|from|as of)(?!\w)")
_NOW = re.compile(
    r"(?<!\w)(?:now|currently|at present|presently|actuellement|desormais|actualmente|atualmente|"
    r"actualmente|derzeit|heute|jetzt|attualmente)(?= \w)"
)
_LENT = re.compile(r"(?<!\w)(?:frontex|europol|euaa|easo|eurojust|standing corps|seconded)(?!\w)")
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:proposed (?:role|position)|role propose|poste propose|cargo propuesto|"
    r"referees?|references?|referents?|referencias?|referenzen|referenti)(?!\w)"
)
_DEGREES = re.compile(
    r"(?<!\w)(?:diplom\w*|degree|master\w*|bachelor\w*|licenci\w*|licence|mestr\w+|maestria|"
    r"doutor\w*|doctorat\w*|ph\.? ?d|llm|laurea\w*|magist\w+|graduated?|alumn\w+|studi\w*)(?!\w)"
)
_ASIDE = re.compile(
    r"(?<!\w)(?:formerly|previously|until|former|retired|previous|zuvor|fruher|ehemals|bis|"
    r"auparavant|ancien\w*|precedemment|retraite\w*|anteriormente|antes|ex|jubilad\w*|"
    r"aposentad\w*|reformad\w*|gia|precedentemente|in pensione|seconded|detache\w*|"
    r"образование|εκπαιδευση|σπουδες|wyksztalcenie|opleiding|vzdelani\w*|tanulmany\w*|vegzettseg|"
    r"issilavinimas|studii|utbildning|uddannelse|koulutus|ogrenim|egitim|obrazovanje|izobrazba|haridus|"
    r"izglitiba|освіта|"
    r"education|studies|languages?|formation|estudios|idiomas|estudos|linguas|studium|ausbildung|"
    r"sprachen|lingue|istruzione|langues|liaison|ansprechpartner\w*|contact point|"
    r"nationality|nationalite|nacionalidad\w*|staatsangehorigkeit|nazionalita)(?!\w)"
)
_FORMERLY = re.compile(
    r"\W*(?:formerly|previously|before|former|until|zuvor|fruher|davor|vorher|ehemals|auparavant|avant|"
    r"precedemment|anteriormente|antes|previamente|prima|gia|in precedenza|precedentemente|ex|"
    r"voorheen|eerder|wczesniej|anterior|inainte)(?!\w)"
)
_SIDES = re.compile(
    r"\s+[|•·]\s+|;\s+|,\s+(?=(?:formerly|previously|zuvor|auparavant|antes|prima) )"
)
_LEFT = re.compile(
    r"(?<!\w)(?:retired|retraite|retraitee|en retraite|jubilad[oa]|aposentad[oa]|reformad[oa]|"
    r"in pensione|pensionat[oa]|pensioniert|im ruhestand|i\. ?r\.|a\. ?d\.)(?!\w)"
)
_PARTS = re.compile(r"\s*[,;|•·()]\s*|\s+[–—-]+\s+|:\s+|\.\s+|\t+|/\s+")
_TITLES = re.compile(
    r"(?<!\w)(?:civil servant|public servant|public official|police officer|prosecutor|"
    r"magistrat\w*|border guard|prefect|prefet\w*|fonctionnaire|funcionari\w*|servidor\w? p\w+|"
    r"guardia civil|gendarme\w*|beamt\w*|oberregierungsrat\w*|regierungsrat\w*|hauptkommissar\w*|"
    r"viceprefett\w*|vice prefett\w*|vice questore|commissaire\w*|rijkswaterstaat|ajuntament|"
    r"conseiller\w* des affaires etrangeres|judge|government of|gouvernement d\w+|gobierno de\w*|"
    r"governo d\w+|bureau of|central bank|bangko sentral|secretariat of the|state commission|"
    r"state secretariat|state secretary|permanent secretary|crown|national assembly|"
    r"bundes(?!liga)\w+|landes\w*amt|regierungsprasidium|superintendencia|cuerpo nacional|"
    r"fiscalia|procuradoria\w*|procuraduria|prefecture|municipality|municipio|camara municipal|"
    r"intendencia|defensoria|receita federal|inspectorate|inspecao\w*|ispettorato|inspection du|"
    r"authority|autoridad|autoridade|autorite|national agency|agence nationale|agencia nacional|"
    r"department|departamento|dipartimento|tribunal|court|police|policia|politie|polizia|polizei|"
    r"landeshauptstadt|stadtverwaltung|landkreis|bezirksamt|mairie|city of|city council|county|"
    r"commune|comune|diputacion|prefeitura|gemeente|kommune|"
    r"national (?:committee|commission|council|institute)|institut national|istituto nazionale|"
    r"instituto nacional|ente pubblico|ente publico|organismo publico|etablissement public|"
    r"public (?:body|institution)|anstalt des offentlichen|agenci?a para|agence pour|agenzia per|"
    r"\w+amet|"
    r"agency|office|service|servicio|servico|direction|direccion|direcao|direccao|"
    r"(?:labou?r|tax|customs|border|immigration|health) inspector|inspector\w* (?:de|general|jefe)|"
    r"inspect(?:eur|rice)s? (?:d[eu]|general)\w*|inspetor\w* d[eo]|ispettor\w* del|inspektor\w*|"
    r"(?:comision|comissao|commission) (?:\w+ )?(?:de|d'|du|para|for|on)|"
    r"organismo (?:estatal|autonomo)|autorit\w+|agenti[ae]|agencja|agencij\w|agentur\w?|agentuur|"
    r"agentschap|inspec?torat\w*|inspectie|inspekc\w+|inspektion\w*|urzad\w*|urad\w*|ured\w*|"
    r"hivatal\w*|virasto|\w+verket|\w*styrelsen|\w*myndighet\w*|\w*verwaltung|direktorat\w*|"
    r"direct(?:ia|oratul)|serviciul|oficiul|\w*dienst|policj\w+|policie|politia|rendorseg|"
    r"zarzad|wojewod\w+|starostwo|primari[ae]|prefectur[ai]|sprava|regione|provincia|"
    r"υφ?υπουργει\w+|υπηρεσια|διευθυνση|αρχη|αστυνομια|περιφερεια|δημος|λιμενικ\w+|επιθεωρηση|"
    r"gobierno|xunta|generalitat|cabildo|consejeria|conselleria|servicio exterior|"
    r"conseil (?:departemental|regional)|dreets|ddets|"
    r"\w*virasto\w*|\w*ministeri\w*|poliisi\w*|\w*laitos|polis(?:en|myndigheten)|politiet|"
    r"\w*inspectie|\w*hatosag\w*|\w*igazgatosag\w*|\w*rendorseg\w*|miniszterium\w*|"
    r"onkormanyzat\w*|tarnyb\w+|departament(?:as|o)|savivaldyb\w+|inspekcij\w+|policij\w+|"
    r"pasieniec\w+|dienest\w*|parvald\w+|pasvaldib\w+|robezsardz\w+|politsei\w*|"
    r"policijsk\w+|ravnateljstv\w+|uprava za|m[ai]ni?starstv\w+|ministrstv\w+|zupanij\w+|"
    r"ministerstv?w\w+|komenda (?:glowna|wojewodzka|powiatowa)|straz\w? graniczn\w+|policejn\w+|"
    r"policajn\w+|okresn\w+ urad|krajsk\w+ urad|агенци\w+|служба|дирекция|инспекци\w+|полици\w+|"
    r"полиция|министерств\w+|министерство|міністерств\w+|управління|главно управление|община|"
    r"mudurlug\w+|bakanlig\w+|baskanlig\w+|emniyet|valilig\w+|belediye\w*|"
    r"(?:ال)?(?:وزارة|هيئة|مديرية|مصلحة|وكالة|بلدية|محكمة|شرطة))(?!\w)"
)
"""Words of public service that name no office of a list."""
_PRIVATE = re.compile(
    r"(?<!\w)(?:ltd|llc|gmbh|s\.?a\.?r\.?l|inc|plc|law firm|consulting|consultancy|consultants?|"
    r"freelance\w*|self[- ]employed|independent|cabinet|bureau d'etudes|s\.?l\.?u?|lda|limited|"
    r"selbst[aä]ndig\w*|consultor\w*|consulent\w*|libero professionista|bank|banco|"
    r"banque|company|start-?up|avocat\w*|abogad\w*|advogad\w*|rechtsanw\w+|avvocat\w*|"
    r"independiente|independente|independant\w*)(?!\w)"
)
_FIRM = re.compile(
    r"(?<!\w)(?:manpower|holdings?|staffing|recruit(?:ment|ing) (?:agency|company|firm)|"
    r"agence de placement|agencia de colocacion|managing director of|sales (?:director|manager)|"
    r"directeur commercial|director comercial|vertriebsleiter\w*|direttore commerciale)(?!\w)"
)
"""Words of commerce that stand in a title or the name of a firm."""
_CENTRAL_BANK = re.compile(
    r"(?<!\w)(?:(?:central|national|reserve) bank|bank of [a-z]+|bundesbank|nationalbank|"
    r"banque (?:centrale|nationale|de france)|banco (?:central|nacional|d[eo] \w+)|"
    r"banca (?:centrale|d'italia|nationala)|narodowy bank|(?:narodni|narodna) banka)(?!\w)"
)
"""A bank of issue is an authority, no firm."""


@dataclass(frozen=True)
class Employment:
    """What was read of the present employer; None is not known."""

    kind: ExpertKind | None
    country: str | None


def employed_now(view: ExpertView, words: str, today: date) -> ExpertView:
    """Return a person with what her present employer is, as the beginning of her CV tells it.

    What the words do not tell stays as it is.
    """
    if _is_in_office(view):
        return view
    found = read_employment(words, today, _origins(view))
    if found.kind is None and found.country is None:
        return view
    country = found.country or view.home_country
    kind = found.kind or (view.kind if view.kind not in OFFICIALS else None)
    if kind in OFFICIALS or (found.kind is None and view.kind in OFFICIALS):
        kind = official_of(country, today) or found.kind or view.kind
    return replace(view, kind=kind, home_country=country)


def _is_in_office(view: ExpertView) -> bool:
    """Whether a post that she holds was read whole, as one of an administration."""
    return view.kind in OFFICIALS and any(
        post.period.ongoing and post.value.employer_kind is view.kind for post in view.posts
    )


def official_of(country: str | None, day: date) -> ExpertKind | None:
    """Return what an official of a country is on a day, None where the country is not known."""
    if country is None:
        return None
    is_eu = relations.is_eu_member(country, day)
    return ExpertKind.EU_ADMINISTRATION if is_eu else ExpertKind.NON_EU_ADMINISTRATION


def read_employment(words: str, today: date, origins: Sequence[str] = ()) -> Employment:
    """Read kind and country of the present employer in a CV.

    Parameters
    ----------
    words : of a CV, in any language of the lists
    today : decides what is past, and on membership of the European Union
    origins : countries the person may be from, surest first; the last resort
    """
    segments = list(_segments(words, today))
    told = list(_told(segments))
    for found, at in told[:1]:
        country = home_of(segments, at, words, origins)
        if found not in OFFICIALS:
            return Employment(found, country)
        # Lines further down may name the place of the same service.
        others = dict.fromkeys(at for kind, at in told[1:] if kind in OFFICIALS)
        for other in list(others)[:_MOST_OTHERS]:
            country = country or home_of(segments, other, words, origins)
        if country is None and is_written_in_the_union(words, today):
            return Employment(ExpertKind.EU_ADMINISTRATION, None)
        return Employment(official_of(country, today), country)
    return Employment(None, None)


def _told(segments: Sequence[str]) -> Iterator[tuple[ExpertKind, int]]:
    """Yield what segments say, the beginning first, names of lists before common words."""
    for most, find in (
        (_HEAD_LINES, _office_in),
        (_HEAD_LINES, _titled_in),
        (len(segments), _office_in),
        (len(segments), _titled_in),
    ):
        for at, segment in enumerate(segments[:most]):
            kind = _kind_in(segment, find)
            if kind is not None:
                yield kind, at


# --- Segments -------------------------------------------------------------------------------------


def _segments(words: str, today: date) -> Iterator[str]:
    """Yield lines and sentences, in order, without those dated in the past."""
    is_past = False
    for line in words.splitlines():
        found = find_periods(line)
        ended = bool(found) and not any(_is_present(one.period, line, today) for one in found)
        most = _BEFORE_DATES if found and _is_span(found[0].period) else 1
        if found and found[0].start < most:
            is_past = ended  # What follows belongs to these dates, until others begin a line.
        if not line.strip() or is_past:
            continue
        if not (ended and _is_span(found[0].period)):
            yield from _sentences(line)
        else:
            yield from _beside_former(line)


def _beside_former(line: str) -> Iterator[str]:
    """Yield the parts of a line beside the one that says what somebody was, with its dates.

    "Labour Office, Turin | formerly City of Turin (2001-2009)" has a present one.
    """
    parts = [part for part in _SIDES.split(line) if part.strip()]
    if any(find_periods(part) and _FORMERLY.match(plain(part)) for part in parts):
        yield from (part for part in parts if not find_periods(part))


def _is_span(period: Period) -> bool:
    """Whether a period is more than a date: of birth, of entry, of a degree."""
    return period.start != period.end


def _sentences(line: str) -> Iterator[str]:
    for part in re.split(r"(?<=[a-zà-ÿ)]{3}[.;])\s+(?=[A-ZÀ-Ý])", line):
        yield " ".join(part.split()[:_MOST_WORDS])


def _is_present(period: Period, line: str, today: date) -> bool:
    if period.ongoing or (period.start is not None and period.end is None):
        return True
    if not _is_span(period):
        return bool(_SINCE.search(plain(line)))
    return period.end is not None and (today - period.end.last_day).days < _NEAR_END_DAYS


# --- Kind -----------------------------------------------------------------------------------------


def _kind_in(segment: str, find: Callable[[str], ExpertKind | None]) -> ExpertKind | None:
    """Return what the first part of a segment says that says anything."""
    low = plain(segment)
    if _LEFT.search(low) or _OF_OTHERS.search(low):
        return None
    now = _NOW.search(low)
    after = segment[now.end() :] if now and len(low) == len(segment) else ""
    # Who is lent to an agency of the Union stays an official of her state.
    parts = [after] if after and not _LENT.search(plain(after)) else []
    for part in [*parts, *_PARTS.split(segment)]:
        said = plain(part)
        if not said or (_ASIDE.search(said) and not _PRIVATE.search(said)):
            continue
        kind = find(part)
        if kind is ExpertKind.ACADEMIA and _DEGREES.search(low):
            continue  # A place of studies, not of work.
        if kind is not None:
            return kind
    return None


def _office_in(part: str) -> ExpertKind | None:
    """Return what the lists of offices and employers say of a part."""
    kind = administrations.employer_kind(part, None, None)
    if kind is not None:
        return kind
    if _FIRM.search(plain(part)):
        return ExpertKind.PRIVATE_CONSULTANT
    is_public = administrations.kind_of(part) is not None
    # Which of the two kinds of official she is, her country tells.
    return ExpertKind.EU_ADMINISTRATION if is_public else None


def _titled_in(part: str) -> ExpertKind | None:
    """Return what titles and common words of public service or of firms say."""
    found = _office_in(part)
    if found is not None:
        return found
    said = plain(part)
    if _CENTRAL_BANK.search(said):
        return ExpertKind.EU_ADMINISTRATION
    if _PRIVATE.search(said):
        return ExpertKind.PRIVATE_CONSULTANT
    return ExpertKind.EU_ADMINISTRATION if _TITLES.search(said) else None


def _origins(view: ExpertView) -> tuple[str, ...]:
    """Return where somebody may be from: her nationality, else the one land of her mother tongue.

    Of the countries that share a language officially, the one named for it is no better than the
    others, so a language of several countries says nothing.
    """
    if view.nationalities:
        return view.nationalities
    native = [
        item.value.language for item in view.languages if item.value.level is LanguageLevel.NATIVE
    ]
    lands = {
        code
        for code in countries.codes()
        for language in native
        if language in relations.official_languages(code)
    }
    return tuple(lands) if len(lands) == 1 else ()
