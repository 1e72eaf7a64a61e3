"""Labels of forms in the languages of the field: what a cell or the start of a line announces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from roster.ingest.plain import plain

LABELS: dict[str, str] = {
    "family": "family name(?:s|\\(s\\))?|last name|surname(?:\\(s\\))?|nom de famille|nom\\(s\\)|noms|"
    "nom|apellido(?:s|\\(s\\))?|apelido(?:s|\\(s\\))?|sobrenome|nachname(?:\\(n\\))?|familienname|"
    "cognome|nume de familie|nazwisko",
    "given": "first name(?:s|\\(s\\))?|given name(?:s|\\(s\\))?|forename(?:s|\\(s\\))?|prenom(?:s|\\(s\\))?|"
    "nombre(?:s|\\(s\\))?|nome(?:s)? proprio(?:s)?|vorname(?:n|\\(n\\))?|prenume|imie",
    "middle": "middle name(?:s)?|other names|autres? prenoms?|segundo nombre",
    "maiden": "maiden name(?:, if any)?|nom de jeune fille(?:, s'il y a lieu)?|apellido de soltera|"
    "nome de solteira|geburtsname",
    "name": "full name|name of (?:the )?(?:expert|staff|key expert|proposed staff|consultant's staff)|"
    "surname(?:\\(s\\))? / first name(?:\\(s\\))?|surname, (?:first )?name|name and surname|"
    "first name(?:\\(s\\))? / surname(?:\\(s\\))?|nom(?:\\(s\\))? (?:et|/|,) prenom(?:s|\\(s\\))?|"
    "prenom(?:s|\\(s\\))? (?:et|/) nom(?:\\(s\\))?|nom de l'(?:employe|expert)|nom complet|"
    "nombre(?:\\(s\\))? y apellido(?:s|\\(s\\))?|apellidos y nombres?|nombre completo|"
    "nombre del (?:experto|empleado)|nome completo|nome (?:do|da) (?:perito|perita|especialista)|"
    "nome e cognome|cognome e nome|vor- und (?:nachname|zuname)|name|nome|nume si prenume",
    "birth": "date of birth|birth date|born(?: on)?|year of birth|date de naissance|ne\\(e\\) le|nee? le|"
    "annee de naissance|fecha de nacimiento|nacid[oa] el|data de nascimento|data di nascita|"
    "geburtsdatum|geboren am|data nasterii|data urodzenia",
    "birthplace": "place of birth|lieu de naissance|lugar de nacimiento|local de nascimento|"
    "naturalidade|luogo di nascita|geburtsort|locul nasterii",
    "nationality_birth": "nationality(?:\\(ies\\)|ies)? at birth|nationalite\\(?s?\\)? a la naissance|"
    "nacionalidad\\(?(?:es)?\\)? de nacimiento",
    "nationality": "present nationality(?:\\(ies\\)|ies)?|nationality(?:\\(ies\\))?|nationalities|citizenships?|"
    "country of citizenship(?: */ *residence)?|nationalite\\(s\\) actuelles?(?:\\(s\\))?|"
    "nationalites? actuelles?|nationalites?|nationalite\\(s\\)|citoyennete|nacionalidad(?:es)?|"
    "nacionalidade(?:s)?|cidadania|ciudadania|staatsangehorigkeit(?:en)?|staatsburgerschaft(?:en)?|"
    "nationalitat(?:en)?|nazionalita|cittadinanza|nazionalita / cittadinanza|cetatenie|obywatelstwo",
    "sex": "sex|gender|sexe|sexo|geschlecht|sesso",
    "marital": "civil status|marital status|etat civil|situation de famille|estado civil|familienstand|"
    "stato civile|stare civila",
    "email": "e-?mail(?: address)?(?:es)?|electronic mail|courriel|adresse (?:e-?mail|electronique)|"
    "correo(?: electronico)?|correio eletronico|posta elettronica|mel",
    "phone": "telephone(?: no\\.?| number)?|tel(?:\\.|ephone)?|phone(?: number)?|mobile|cell(?:ular)?|gsm|"
    "n° de telephone|portable|telefono|telefone|movil|telemovel|celular|telefon|handy|cellulare|fax",
    "address": "(?:permanent |present |current |home |postal )?address(?: \\(if different\\))?|"
    "domicile(?: permanent)?|adresse(?: actuelle| permanente| postale)?(?: \\(si differente\\))?|"
    "direccion|domicilio|morada|endereco|anschrift|indirizzo|residenza|residence|adresa",
    "headline": "headline",
    "proposed": "proposed (?:role|position)(?: in the project)?|position title and no\\.?|"
    "role propose(?: dans le projet)?|poste propose|funcion propuesta(?: en el proyecto)?|"
    "cargo propuesto|posicao proposta|funcao proposta|vorgesehene (?:funktion|position)",
    "present": "present position|current position|situation presente|poste actuel|fonction actuelle|"
    "situacion actual|cargo actual|puesto actual|posicion actual|situacao atual|cargo atual|"
    "gegenwartige (?:position|stellung)|derzeitige position|posizione attuale",
    "dates": "dates?(?: from)? ?[-/]? ?(?:dates? to|to)?|dates? \\(?from ?- ?to\\)?|period(?: of employment)?|"
    "periode?|date debut ?- ?date fin|dates?|de ?- ?a|fechas?(?: de inicio y fin)?|"
    "fecha(?: de)? inicio ?- ?fecha(?: de)? fin(?:al)?|periodo|datas?|data de inicio ?- ?data de fim|"
    "zeitraum|datum(?: von ?- ?bis)?|von ?- ?bis|date \\(da ?- ?a\\)|perioada|duration|duree|duracion",
    "from": "attended from|from|depuis|de|desde|von|dal|debut|start date|from month/year|inicio",
    "to": "attended to|to|jusqu'a|a|hasta|ate|bis|al|fin|end date|to month/year",
    "place": "location|duty station|place(?: and country)?|lieu(?: d'affectation)?|lugar(?: de trabajo)?|"
    "ubicacion|local(?: de trabalho)?|localizacao|ort|einsatzort|luogo|sede|locul?",
    "employer": "company ?(?:& reference person|and reference person)?(?: \\(name (?:&|and) contact details\\))?|"
    "employer|name of employer|name and address of employer|organi[sz]ation|institution / company|"
    "employing organi[sz]ation(?: and your title/position)?(?:\\. contact info(?:rmation)? for references)?|"
    "nom de l'employeur|nom et adresse de l'employeur|employeur|societe(?: et personne de reference)?"
    "(?: \\(nom et coordonnees\\))?|organisme|organisation|empresa(?: y persona de (?:referencia|contacto))?"
    "(?: \\(nombre y (?:datos de contacto|coordenadas)\\))?|empleador|nombre del empleador|"
    "organizacion|entidad|nombre (?:de la empresa|y direccion del empleador)|empregador|entidade(?: patronal)?|"
    "nome (?:do empregador|e endereco do empregador)|instituicao empregadora|arbeitgeber|"
    "name und adresse des arbeitgebers|datore di lavoro|nome e indirizzo del datore di lavoro|"
    "azienda|angajator|numele angajatorului",
    "client": "client|mandant|donor|bailleur|beneficiaire|beneficiary|cliente|donante|comitente|"
    "auftraggeber|committente|for whom|pour qui|contratante|financiador|programme|project",
    "employer_address": "address of employer|adresse de l'employeur|direccion del empleador",
    "business": "type of business(?: or sector)?|genre d'activite|type ou secteur d'activite|"
    "tipo de (?:actividad|empresa|atividade)(?: o sector)?|tatigkeitsbereich(?: oder branche)?|"
    "tipo di attivita o settore",
    "position": "position(?:s)?(?: held)?|occupation or position held|title|job title|"
    "exact title of your post|post title|function|titre exact (?:du|de votre) poste|"
    "poste(?:s)?(?:\\(s\\))?(?: occupes?)?|fonction(?: ou poste occupe)?|fonctions|titre|"
    "titulo exacto (?:del|de su) puesto|puesto(?: desempenado)?|cargo(?:s)?(?: desempenados?)?|"
    "profesion o cargo desempenado|funcion(?: desempenada)?|posicion|posicao|funcao|"
    "cargo ou funcao|funcao ou cargo ocupado|stellung|funktion|beruf oder funktion|"
    "lavoro o posizione ricoperti|posizione|qualifica|ruolo|role(?: in the project)?|rol|functia",
    "description": "description(?: of (?:your )?duties)?|main activities and responsibilities|duties|"
    "summary of activities(?: performed relevant to the assignment)?|activities(?: performed)?|tasks|"
    "main project features|description de vos fonctions|description(?: des (?:taches|fonctions))?|"
    "principales activites et responsabilites|activites(?: realisees| menees)?|taches|"
    "principales caracteristiques du projet|descripcion(?: de (?:sus )?(?:funciones|tareas))?|"
    "actividades(?: realizadas)?|principales actividades y responsabilidades|tareas|descricao"
    "(?: das (?:funcoes|tarefas))?|principais atividades e responsabilidades|atividades(?: realizadas)?|"
    "tarefas|beschreibung|wichtigste tatigkeiten und zustandigkeiten|tatigkeiten|aufgaben|"
    "descrizione|principali (?:mansioni|attivita) e responsabilita|attivita|subject|objet|objeto|"
    "objecto|purpose|assignment|gegenstand|oggetto|thema|theme|topic|tema|object",
    "project": "name of (?:the )?assignment(?: or project)?|project(?: name| title)?|"
    "nom du projet(?: ou de la mission)?|nombre del proyecto(?: o (?:de la )?(?:mision|tarea))?|"
    "nome do projeto(?: ou da missao)?|projet|proyecto|projeto|projekt|progetto|proiect",
    "year": "years?|annees?|ano(?:s)?|jahr(?:e)?|anno|anul",
    "country": "country(?: of work)?|countries|pays|pais(?:es)?|land|lander|paese|tara",
    "institution": "institution(?: \\(date from ?- ?date to\\))?|"
    "institution ?\\(date debut ?- ?date fin\\)|institucion(?: \\(.{0,40}\\))?|name,? place and country|"
    "name and type of organi[sz]ation providing education and training|nom, lieu et pays|"
    "nom et type de l'etablissement.{0,40}|university|universite|universidad|universidade|"
    "nombre, lugar y pais|instituicao(?: \\(.{0,40}\\))?|nome, local e pais|bildungseinrichtung|"
    "hochschule|istituto|school|etablissement|einrichtung(?: \\(.{0,40}\\))?",
    "degree": "degree(?:\\(s\\)|s)?(?: or diploma(?:\\(s\\)|s)? obtained)?|"
    "degrees and academic distinctions obtained|title of qualification awarded|"
    "diplome(?:\\(s\\)|s)?(?: obtenu(?:\\(s\\)|s)?)?|diplomes et distinctions obtenus|"
    "intitule du certificat ou diplome delivre|certificats ou diplomes obtenus|"
    "titulo(?:\\(s\\)|s)?(?: o diploma(?:\\(s\\)|s)?)?(?: obtenido(?:\\(s\\)|s)?)?|diplomas? obtenidos?|"
    "titulo de la cualificacion obtenida|grau(?:s)?(?: ou diploma(?:s)?)?(?: obtidos?)?|"
    "diploma(?:\\(s\\)|s)?(?: obtido(?:\\(s\\)|s)?)?|designacao da qualificacao atribuida|abschluss(?:e)?|"
    "erworbene (?:qualifikation|abschlusse)|titolo (?:della qualifica rilasciata|di studio|conseguito)",
    "level": "level|niveau|nivel|livello",
    "study": "main course of study|domaine d'etudes principal|field of study|type",
    "supervisor": "name of supervisor|nom du superieur hierarchique|nombre del supervisor|supervisor|"
    "nome do supervisor|vorgesetzter",
    "staff": "no\\.? and kind of employees supervised by you|number of employees supervised.{0,20}|"
    "nombre et categorie d'employes sous vos ordres|numero y clase de empleados.{0,30}",
    "salary": "salar(?:y|ies)(?: per annum)?|traitement annuel|sueldo anual|starting|final|initial|"
    "salario|gehalt",
    "reason": "reason for leaving|motif du depart|motivo de(?:l cese| la salida)?|motivo da saida",
    "referee": "reference person|personne de reference|persona de (?:referencia|contacto)|referent|"
    "pessoa de (?:referencia|contacto)|referenzperson|ansprechpartner|contact person|"
    "persona di riferimento|referees?|references?",
    "mother_tongue": "mother tongue(?:\\(s\\)|s)?|native languages?|first languages?|"
    "(?:what is your mother tongue|quelle est votre langue maternelle|cual es su lengua materna)|"
    "langue(?:\\(s\\)|s)? maternelle(?:\\(s\\)|s)?|lengua(?:\\(s\\)|s)? materna(?:\\(s\\)|s)?|"
    "idioma materno|lingua(?:\\(s\\)|s)? materna(?:\\(s\\)|s)?|muttersprache(?:\\(n\\)|n)?|"
    "madrelingua|lingua madre|limba materna|jezyk ojczysty",
    "language": "languages?|other languages?|langues?|autres langues|idiomas?|otros idiomas|linguas?|"
    "outras linguas|sprachen?|weitere sprachen|lingue|altre lingue|lingua|limba|limbi",
    "firm": "name of (?:the )?(?:firm|company proposing the expert)|nom du consultant|nom du bureau|"
    "nombre de la (?:firma|empresa consultora)|nome da firma|years (?:with|within) (?:the )?(?:firm|entity)|"
    "years within the firm|annees d'anciennete aupres de l'employeur|"
    "ancien(?:nete)? au sein de la (?:firme|societe)|anos (?:en|na) (?:la )?(?:empresa|firma)",
    "years_of_experience": "(?:number of )?years of professional experience|"
    "nombre d'annees d'experience(?: professionnelle)?|(?:numero de )?anos de experiencia(?: profesional| profissional)?",
}
"""Field → the plain labels that announce it, as a regular expression."""

_NUMBER = r"(?:\d{1,2}[.)]|[a-h][.)]|[ivx]{1,4}[.)])"
_REST = r" ?(?:\([^()]{0,60}\))?"


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the start of some words; the value begins at `end`."""

    field: str
    end: int
    sure: bool
    """Whether a colon, a break or the end of the cell sets it off."""


def _by_length() -> list[tuple[str, str]]:
    return sorted(LABELS.items(), key=lambda item: item[0] in {"from", "to", "name", "level"})


def find_label(text: str) -> Label | None:
    """Return the label that some words begin with; None where they begin with none.

    A label set off by nothing counts only where the form numbers it ("3. Date of birth 1978").
    """
    low = plain(text)
    return _longest(low, sure=True) or (_longest(low, sure=False) if low[:1].isdigit() else None)


def _longest(low: str, *, sure: bool) -> Label | None:
    best: Label | None = None
    reach = -1
    for field, words in _by_length():
        found = _one(words, sure).match(low)
        if found is not None and found.start("edge_") > reach:
            best, reach = Label(field, found.end(), sure), found.start("edge_")
    return best


@lru_cache(maxsize=256)
def _one(words: str, sure: bool) -> re.Pattern[str]:
    if sure:
        return re.compile(
            rf"^\W*?(?:{_NUMBER})? ?(?:{words}){_REST}"
            r"(?P<edge_> ?(?:\([^()]{0,60}\) ?)?(?:\s*(?::|⏎|\||\?))+\s*|\s*$)"
        )
    return re.compile(rf"^\W*?(?:{_NUMBER}) ?(?:{words}){_REST}(?P<edge_>\s+)")


def column(text: str) -> str | None:
    """Return the field that a column heading names; None where it is no heading."""
    label = find_label(text.replace("⏎", " ").strip())
    return label.field if label is not None and label.sure and label.end >= len(text) - 1 else None
