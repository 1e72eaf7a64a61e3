"""Words by which a title, an employer or a place gives itself away."""

from __future__ import annotations

import re

from roster.ingest.wording.lines import Piece
from roster.ingest.wording.plain import plain
from roster.reference import countries

_TITLE = re.compile(
    r"(?<!\w)(?:head|director|deputy|officer|adviser|advisor|expert|consultant|manager|specialist|"
    r"coordinator|co-?ordinator|counsell?or|attache|secretary|analyst|assistant|inspector|"
    r"commissioner|"
    r"chief|chair|president|minister|team leader|leader|trainer|lecturer|professor|researcher|"
    r"fellow|"
    r"intern|trainee|associate|administrator|statistician|lawyer|judge|prosecutor|engineer|"
    r"developer|"
    r"ambassador|consul|commander|captain|colonel|major|lieutenant|sergeant|detective|delegate|"
    r"representative|focal point|desk|caseworker|case worker|registrar|auditor|economist|"
    r"interpreter|"
    r"translator|teacher|tutor|volunteer|member|policy|legal|senior|junior|"
    r"chef(?:fe)?|directeur|directrice|conseill\w+|charge\w*|responsable|adjoint\w*|secretaire|"
    r"experte?|consultante?|inspecteur|inspectrice|commissaire|attachee?|administrateur|"
    r"administratrice|coordonnat\w+|coordinat\w+|formateur|formatrice|magistrat\w*|juge|procureur|"
    r"statisticien\w*|economiste|juriste|ingenieur\w*|analyste|delegue\w*|agent\w*|officier|"
    r"prefet|sous-prefet|gestionnaire|redact\w+|stagiaire|enseignante?|charge|assistante?|"
    r"jef[ea]|director[a]?|subdirector\w*|asesor\w*|consejer[oa]|coordinador\w*|tecnic[oa]|"
    r"funcionari[oa]|oficial\w*|experto|experta|consultor\w*|inspector\w*|comisari[oa]|agregad[oa]|"
    r"secretari[oa]|analista|abogad[oa]|fiscal|juez|profesor\w*|investigador\w*|responsavel|"
    r"chefe|diretor\w*|assessor\w*|conselheir[oa]|perit[oa]|inspetor\w*|comissari[oa]|adid[oa]|"
    r"especialista|docente|"
    r"leiter\w*|referatsleiter\w*|referent\w*|berater\w*|beauftragt\w+|sachbearbeiter\w*|"
    r"abteilungsleiter\w*|direktor\w*|experte|expertin|beamt\w+|mitarbeiter\w*|koordinator\w*|"
    r"sekretar\w*|inspektor\w*|kommissar\w*|entscheider\w*|jurist\w*|dozent\w*|"
    r"dirigente|funzionari[oa]|capo|responsabile|consigliere|consulente|esperto|esperta|"
    r"commissari[oa]|ispettore|ispettrice|addett[oa]|viceprefetto|prefetto|"
    r"sef|consilier|ofiter|comisar\w*|expert\w*|inspector\w*|atasat\w*|subcomisar\w*|specialist\w*)"
    r"(?!\w)"
)
_EMPLOYER = re.compile(
    r"(?<!\w)(?:ministr\w+|ministere?\w*|ministerio|ministero|ministerium|bundesministerium|"
    r"bundesamt|landesamt|amt|auslanderbehorde|behorde|bundespolizei|polizei|"
    r"department|departement|departamento|dipartimento|abteilung|directorate|"
    r"direction (?:generale|de|des|du|regionale)|direccion general|"
    r"direcao\W?geral|"
    r"direzione generale|generaldirektion|agency|agence|agencia|agenzia|agentur|agentia|"
    r"office|bureau|oficina|gabinete|cabinet|ufficio|service|services|servicio|servico|servizio|"
    r"institut\w*|instituto|istituto|inspectorat\w*|inspection|inspeccion|"
    r"police|policia|polizia|politi\w*|gendarmerie|guard\w*|guardia|border|customs|douanes?|"
    r"aduana\w*|"
    r"university|universit\w+|universidad|universidade|hochschule|college|academy|academie|"
    r"academia|"
    r"academie|ecole|school|escuela|escola|faculty|faculte|"
    r"commission|comision|comissao|commissione|kommission|committee|comite|conseil|council|consejo|"
    r"conselho|rat der|parliament|parlement|parlamento|court|cour|tribunal\w*|gericht\w*|"
    r"prefecture|"
    r"prefettura|questura|municipality|mairie|ayuntamiento|camara municipal|city of|ville de|stadt|"
    r"embassy|ambassade|embajada|embaixada|ambasciata|botschaft|ambasada|consulate|consulat\w*|"
    r"representation permanente|permanent representation|delegation|haut-commissariat|"
    r"high commission|observatory|observatoire|observatorio|authority|autorite|autoridad|"
    r"organi[sz]ation|organisation|organizacion|organizacao|organizzazione|foundation|fondation|"
    r"fundacion|fundacao|fondazione|stiftung|association|asociacion|associacao|associazione|verein|"
    r"bank|banque|banco|union|federation|ngo|ong|gmbh|ag|ltd|llc|inc|s\.?a\.?|s\.?a\.?r\.?l|srl|"
    r"s\.?l\.?|bv|plc|corp\w*|company|group|groupe|grupo|gruppo|consulting|associates|"
    r"icmpd|iom|oim|unhcr|hcr|acnur|undp|pnud|unicef|ilo|oit|unodc|unfpa|unops|osce|euaa|easo|"
    r"frontex|europol|eulex|eubam|giz|fiiapp|luxdev|enabel|expertise france|afd|civipol|taiex|"
    r"council of europe|european commission|african union|cedeao|ecowas|world bank|statistics)"
    r"(?!\w)"
)
_NO_PROGRAMME = re.compile(
    r"until|jusqu|before|avant|formerly|"
    r"\d+(?:[.,]\d)? ?(?:working |wd|days?|jours?|dias?|tage|giorni|weeks?|semaines?|semanas?|"
    r"wochen?|settimane|months?|mois|mes(?:es)?|monate?|mesi|people|h\b)"
)
"""What a bracket says that is no programme: another name in the past, a length."""
_FOR = re.compile(r", (?:for|pour|para|per|fur) (?:the |le |la |l'|el |il |o |a )?", re.IGNORECASE)
MOST_WORDS_OF_A_PLACE = 6


def is_title(text: str) -> bool:
    """Whether words look like a job title."""
    low = plain(text)
    found = _TITLE.search(low)
    return found is not None and len(low) < 120


def is_employer(text: str) -> bool:
    """Whether words look like a body that employs people."""
    low = plain(text)
    found = _EMPLOYER.search(low)
    if found is None:
        return False
    title = _TITLE.search(low)
    return title is None or found.start() < title.start() or found.start() == 0


def is_place(text: str, language: str | None) -> bool:
    """Whether words are a place and little else."""
    words = text.replace(",", " ").split()
    if not words or len(words) > MOST_WORDS_OF_A_PLACE or is_employer(text) or is_title(text):
        return False
    mentions = [
        mention
        for mention in countries.find_countries(text, language)
        if mention.kind in {"name", "city"}
    ]
    if not mentions:
        return False
    covered = sum(mention.end - mention.start for mention in mentions)
    last = text.rpartition(",")[2].strip(" ().")
    is_last = any(text[each.start : each.end] in last for each in mentions) and "," in text
    return is_last or covered >= 0.5 * len(text)


def without_place(piece: Piece, language: str | None) -> tuple[Piece, Piece | None]:
    """Cut "Brussels, Belgium" off the end of an employer, where the words end with a place."""
    commas = [found.start() for found in re.finditer(r",", piece.text)]
    best: tuple[Piece, Piece | None] = (piece, None)
    for at in reversed(commas[-2:]):
        tail = piece.within(at + 1, len(piece.text))
        if not is_place(tail.text, language):
            break
        best = piece.within(0, at), tail
    if best[1] is None and commas:
        tail = piece.within(commas[-1] + 1, len(piece.text))
        if (
            0 < len(tail.text.split()) <= 2
            and tail.text[:1].isupper()
            and not is_employer(tail.text)
        ):
            return piece.within(0, commas[-1]), tail
    return best


def split_client(text: str) -> tuple[str, str | None, str | None]:
    """Split "Employer, for the Client (programme)" into employer, client and programme.

    A bracket is a programme where it holds a digit or names one, else it is an acronym and stays.
    """
    programme: str | None = None
    found = re.search(r"\(([^()]{3,80})\)\s*$", text)
    if found and re.search(
        r"\d|project|projet|proyecto|projeto|program|twinning|taiex", plain(found.group(1))
    ):
        programme = re.sub(
            r"^(?:project|projet|proyecto|projeto|programme?|programa)\s+",
            "",
            found.group(1),
            flags=re.IGNORECASE,
        )
        text = text[: found.start()].strip()
        if _NO_PROGRAMME.match(plain(programme)):
            programme = None
    client = _FOR.search(text)
    if client and client.start() > 2:
        return text[: client.start()].strip(" ,"), text[client.end() :].strip(), programme
    return text, None, programme
