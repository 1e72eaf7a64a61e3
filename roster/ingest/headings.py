"""Headings of CVs and forms in the languages of the field, and the kind of section they open."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from roster.ingest.plain import plain


class SectionKind(StrEnum):
    """What a section is about; what stands in OTHERS_* and FUTURE is never experience."""

    IDENTITY = "identity"
    PROFILE = "profile"
    POSTS = "posts"
    MISSIONS = "missions"
    COUNTRIES = "countries"
    EDUCATION = "education"
    LANGUAGES = "languages"
    TRAININGS = "trainings"
    TRAININGS_GIVEN = "trainings_given"
    PUBLICATIONS = "publications"
    MEMBERSHIPS = "memberships"
    SKILLS = "skills"
    PRESENT = "present"
    FUTURE = "future"
    REFERENCES = "references"
    PRIVATE = "private"
    OTHER = "other"


HEADINGS: dict[SectionKind, str] = {
    SectionKind.IDENTITY: (
        "personal (?:information|details|data)|contact(?: info(?:rmation)?| details)?|"
        "informations? personnelles?|coordonnees|donnees personnelles|datos personales|"
        "informacion personal|contacto|contactar|informac(?:ao|oes) pessoa(?:l|is)|dados pessoais|"
        "contato|angaben zur person|persönliche (?:daten|informationen)|personliche (?:daten|"
        "informationen|angaben)|kontakt(?:daten)?|informazioni personali|dati (?:personali|anagrafici)|"
        "contatti|informatii personale|etat civil|date personale|expert'?s contact information"
    ),
    SectionKind.PROFILE: (
        "key qualifications?(?: \\(relevant to the project\\))?|(?:professional |executive |career )?"
        "(?:profile|summary)|about(?: me)?|(?:qualifications|competences) principales"
        "(?: \\(pertinentes pour le projet\\))?|principales (?:competences|qualifications)|"
        "profil(?: professionnel)?|resume|a propos|competencias (?:principales|clave)|"
        "cualificaciones (?:principales|clave)|perfil(?: profesional| profissional)?|extracto|"
        "sobre(?: mim| mi)?|resumo(?: profissional)?|qualificacoes (?:principais|essenciais)|"
        "competencias-chave|kurzprofil|schlusselqualifikationen|zusammenfassung|uber mich|"
        "profilo(?: professionale)?|qualifiche (?:principali|chiave)|sintesi|areas of expertise|"
        "(?:main )?(?:fields?|areas?) of (?:expertise|competence|specialisation)|expertise|"
        "domaines? (?:d'expertise|de competences?)|areas de especializacion|areas de (?:especialidade|atuacao)"
    ),
    SectionKind.POSTS: (
        "(?:professional|work|working|employment|career)(?: and \\w+)? (?:experience|history|record|background)|"
        "(?:relevant )?professional experience|experience|employment(?: record)?(?: relevant to the assignment)?|"
        "work history|career(?: history| path)?|positions? held|professional career|"
        "experiences?(?: professionnelles?)?|parcours(?: professionnel)?|carriere|"
        "antecedents professionnels|emplois? occupes?|emploi|postes occupes|cursus professionnel|"
        "experiencia(?: (?:profesional|laboral|de trabajo))?|trayectoria(?: profesional| laboral)?|"
        "historial (?:profesional|laboral)|antecedentes laborales|carrera profesional|"
        "experiencias?(?: (?:profissiona(?:l|is)|laboral))?|percurso profissional|"
        "trajetoria profissional|historico profissional|berufserfahrung|beruflicher werdegang|"
        "berufliche (?:tatigkeit(?:en)?|laufbahn|erfahrung(?:en)?)|werdegang|laufbahn|"
        "esperienz[ae](?: (?:professional[ei]|lavorativ[ae]))?|percorso professionale|carriera|"
        "experienta profesionala|doswiadczenie zawodowe|werkervaring|other experience|"
        "autres experiences|otra experiencia|outras experiencias|altre esperienze|"
        "(?:[ab][.)] )?(?:present post(?: \\(last post.{0,40}\\))?|previous posts?(?: \\(.{0,30}\\))?|"
        "poste actuel \\(ou dernier poste\\)|postes anterieurs(?: \\(.{0,30}\\))?|"
        "puestos? anteriores?(?: \\(.{0,30}\\))?)"
    ),
    SectionKind.MISSIONS: (
        "(?:expert(?:ise)? |field |short[- ]term |international |selected |recent )*"
        "(?:missions?|assignments?)(?: abroad| as (?:an )?expert| carried out)?|"
        "(?:international |consulting |project )(?:experience|expertise|cooperation)|"
        "(?:short[- ]term )?(?:consultancies|consultancy work|deployments?|secondments?)|"
        "twinning and taiex(?: missions)?|(?:taiex|twinning|mieux)(?: .{0,30})?|"
        "missions?(?: d'expertise| a l'etranger| internationales?| de courte duree| realisees)*|"
        "experience internationale|cooperation internationale|misiones?(?: de expert[oa]s?| internacionales?|"
        " en el exterior| de corta duracion)*|experiencia internacional|cooperacion internacional|"
        "miss(?:ao|oes)(?: de (?:perit[oa]|peritagem|curta duracao)| internaciona(?:l|is)| no estrangeiro)*|"
        "cooperacao internacional|(?:experten|auslands|kurzzeit)?(?:einsatze|missionen)"
        "(?: im ausland)?|internationale (?:erfahrung|einsatze|projekte|zusammenarbeit)|"
        "missioni(?: internazionali| all'estero| di esperto)*|esperienz[ae] internazional[ei]|misiuni|"
        "(?:\\d+[.)] )?(?:work undertaken that best illustrates capability.{0,80}|"
        "experience de l'employe qui illustre le mieux sa competence|"
        "adequacy for the assignment|trabajos? que mejor ilustran? .{0,60}|"
        "trabalhos? que melhor ilustram? .{0,60})|"
        "projects?|(?:personal |selected |relevant )projects|projets?|proyectos?|projetos?|projekte?|progetti|"
        "voluntary work|benevolat|voluntariado|ehrenamt(?:liche tatigkeit(?:en)?)?|volontariato"
    ),
    SectionKind.COUNTRIES: (
        "(?:specific )?experience in the region(?: .{0,60})?|"
        "specific experience in (?:non-industriali[sz]ed|developing) countries|"
        "countries of work experience|country experience|countries (?:worked in|of experience)|"
        "(?:regional|geographic(?:al)?) (?:experience|expertise)|"
        "experience (?:specifique )?(?:dans la region|par pays|regionale|geographique)(?: .{0,60})?|"
        "pays ou l'(?:employe|expert) a travaille|experience dans les pays.{0,40}|"
        "experiencia (?:especifica )?(?:en la region|por paises|regional|en paises.{0,30})(?: .{0,60})?|"
        "paises (?:donde|en los que) ha (?:trabajado|tenido experiencia.{0,20})|"
        "experiencia (?:especifica )?na regiao(?: .{0,60})?|paises (?:onde|em que) trabalhou|"
        "landererfahrung(?:en)?|(?:spezifische )?regionalerfahrung|erfahrung in der region|"
        "esperienza (?:specifica )?nella regione(?: .{0,60})?|paesi in cui ha lavorato"
    ),
    SectionKind.EDUCATION: (
        "education(?:al)?(?: (?:and|&|/) (?:(?:professional |further )?training|qualifications))?|"
        "education(?:al)? (?:background|record)|academic (?:background|qualifications?|education)|"
        "qualifications|studies|university education|degrees|"
        "(?:education|etudes|formation)(?: / formation|s)?(?: et (?:formation|diplomes?|formations?))?|"
        "formation (?:academique|universitaire|initiale)|diplomes?(?: et formations?)?|etudes(?: .{0,30})?|"
        "parcours (?:academique|scolaire|universitaire)|cursus (?:universitaire|scolaire)|"
        "educacion(?: y formacion)?|formacion(?: academica| universitaria)?|estudios(?: .{0,30})?|titulaciones|"
        "titulos academicos|educacao(?: e formacao)?|formacao(?: academica| universitaria)?|"
        "habilitacoes(?: literarias| academicas)?|informacoes academicas|escolaridade|"
        "(?:schul|hochschul)?(?:aus)?bildung(?: und (?:berufs|weiter)bildung)?|schul- und berufsbildung|"
        "studium|akademische(?:r|n)? (?:laufbahn|ausbildung|werdegang)|schulbildung|"
        "istruzione(?: e formazione)?|formazione(?: accademica)?|titoli di studio|studi|"
        "educatie(?: si formare)?|studii|wyksztalcenie|opleiding(?:en)?|"
        "(?:[ab][.)] )?(?:university or equivalent|ecoles ou autres formations.{0,50}|"
        "schools or other formal training.{0,60})"
    ),
    SectionKind.LANGUAGES: (
        "(?:knowledge of |foreign )?languages?(?: skills?| proficiency| and degree of proficiency| knowledge)?"
        "(?: \\(.{0,60}\\))?|(?:personal skills:? )?languages?|language skills? \\(?indicate.{0,80}|"
        "(?:connaissances? linguistiques?|competences linguistiques|langues?(?: etrangeres?| parlees| pratiquees)?)"
        "(?: \\(.{0,30}\\))?|connaissances? (?:des|en) langues|"
        "(?:conocimientos? (?:linguisticos?|de idiomas)|idiomas?|competencias? linguisticas?|lenguas?)"
        "(?: \\(.{0,30}\\))?|(?:conhecimentos? (?:linguisticos?|de linguas)|linguas?(?: estrangeiras?)?)"
        "(?: \\(.{0,30}\\))?|(?:sprach(?:en|kenntnisse|kompetenzen)|fremdsprachen(?:kenntnisse)?)"
        "(?: \\(.{0,30}\\))?|(?:lingue(?: straniere)?|conoscenz[ae] linguistich[ae]|competenze linguistiche|"
        "conoscenza delle lingue)(?: \\(.{0,30}\\))?|limbi(?: straine| cunoscute)?|competente lingvistice|"
        "jezyki(?: obce)?|talen(?:kennis)?"
    ),
    SectionKind.TRAININGS_GIVEN: (
        "trainings? (?:given|delivered|conducted|provided)|teaching(?: experience| activities)?|"
        "(?:experience as (?:a )?trainer|trainer experience|lectures?(?: given)?)|"
        "formations? (?:donnees|dispensees|animees|assurees)|enseignement(?:s)?|activites d'enseignement|"
        "(?:formacion|capacitacion(?:es)?|cursos) (?:impartid[oa]s?|dictad[oa]s?)|docencia|"
        "experiencia docente|formac(?:ao|oes) ministradas?|docencia|atividade docente|"
        "lehrtatigkeit(?:en)?|vortragstatigkeit|durchgefuhrte schulungen|"
        "(?:attivita di )?(?:docenza|formazione erogata|insegnamento)"
    ),
    SectionKind.TRAININGS: (
        "(?:other |further |additional |professional |continuing )?training(?: courses)?(?: attended)?|"
        "(?:courses|certifications?|certificates)(?: and (?:courses|certifications?|training))?|"
        "autres formations|formations? (?:complementaires?|continues?|suivies?)|stages|certificats|"
        "otra formacion|otros (?:cursos|estudios)|formacion (?:complementaria|continua|adicional)|cursos"
        "(?: realizados)?|certificaciones|outra formacao|formacao (?:complementar|continua)|certificacoes|"
        "weiterbildung(?:en)?|fortbildung(?:en)?|zertifikate|zusatzliche qualifikationen|"
        "altra formazione|formazione continua|corsi(?: di formazione)?|certificazioni|cursuri"
    ),
    SectionKind.PUBLICATIONS: (
        "other relevant information(?: .{0,40})?|autres informations pertinentes(?: .{0,40})?|"
        "otra informacion (?:relevante|pertinente)(?: .{0,40})?|outras informacoes relevantes(?: .{0,40})?|"
        "(?:selected |significant |main |recent )*publications?(?: .{0,40})?|articles|books|"
        "list any significant publications.{0,60}|publications importantes.{0,30}|travaux|"
        "publicaciones(?: .{0,40})?|publicacoes(?: .{0,40})?|veroffentlichungen|publikationen|"
        "pubblicazioni|publicatii"
    ),
    SectionKind.MEMBERSHIPS: (
        "membership(?:s)?(?: (?:of|in) professional (?:bodies|associations|societies)(?: and publications)?)?|"
        "professional (?:memberships|associations|affiliations)|"
        "list professional societies.{0,80}|affiliations?(?: a (?:une|des) (?:organisations?|associations?).{0,40})?|"
        "societes professionnelles.{0,60}|afiliacion(?:es)?(?: .{0,40})?|pertenencia a .{0,40}|"
        "filiac(?:ao|oes)(?: .{0,40})?|mitgliedschaft(?:en)?(?: .{0,40})?|appartenenza .{0,40}|affiliazioni"
    ),
    SectionKind.SKILLS: (
        "(?:other |personal |digital |computer |technical |social |organi[sz]ational |communication )*skills"
        "(?: and competences)?(?: \\(.{0,60}\\))?|competences|computer literacy|it skills|"
        "(?:autres )?competences(?: (?:informatiques?|personnelles|techniques|numeriques|sociales))?"
        "(?: \\(.{0,70}\\))?|informatique|otras competencias(?: .{0,40})?|"
        "competencias(?: (?:personales|digitales|informaticas|tecnicas))?|habilidades|"
        "outras competencias(?: .{0,40})?|competencias (?:pessoais|digitais|tecnicas)|conhecimentos|"
        "(?:sonstige |edv-|it-)?kenntnisse(?: und fahigkeiten)?|kompetenzen|fahigkeiten|"
        "(?:altre )?(?:competenze|capacita)(?: (?:personali|informatiche|digitali|tecniche))?(?: .{0,30})?|"
        "other|divers|varia|sonstiges|otros|outros|altro|driving licen[cs]e|permis de conduire|top skills|"
        "principales competences|aptitudes principales|principais competencias"
    ),
    SectionKind.PRESENT: (
        "present position|current position|situation presente|fonction actuelle|situacion actual|"
        "cargo actual|puesto actual|situacao atual|cargo atual|derzeitige (?:position|tatigkeit)|"
        "gegenwartige position|posizione attuale"
    ),
    SectionKind.FUTURE: (
        "(?:\\d+[.)] )?(?:detailed tasks(?: assigned)?(?: .{0,60})?|detail des taches (?:executees|assignees)|"
        "detalle de (?:las )?tareas(?: asignadas)?|detalhe das tarefas(?: atribuidas)?)|"
        "proposed (?:role|position)(?: .{0,30})?|role propose(?: .{0,30})?|funcion propuesta(?: .{0,30})?|"
        "objective|career objective|objectif(?: professionnel)?|objetivo(?: profesional| profissional)?|"
        "berufsziel|motivation|what is your preferred field of work.{0,5}|"
        "quel est votre domaine de travail prefere.{0,5}|(?:availability|disponibilite|disponibilidad"
        "|disponibilidade|verfugbarkeit|disponibilita)"
    ),
    SectionKind.REFERENCES: (
        "references?(?: .{0,80})?|referees?|list three persons.{0,80}|personnes? de references?|"
        "referencias?(?: .{0,40})?|referenzen|referenze"
    ),
    SectionKind.PRIVATE: (
        "hobbies(?: and interests)?|(?:personal )?interests|leisure|"
        "(?:centres|center) d'interets?|loisirs|interets|aficiones|intereses|pasatiempos|"
        "interesses(?: pessoais)?|passatempos|hobbys|hobbies|interessen|freizeit|interessi|"
        "passatempi|tempo libero|travel|voyages|viajes|viagens|reisen|viaggi|"
        "(?:avez-vous des personnes a charge|have you any dependants).{0,120}|dependants|"
        "(?:are|have) any of your relatives.{0,120}|des membres de votre famille.{0,120}|"
        "salary|certification|attestation|certificacion|certificacao|declaration|"
        "i certify.{0,200}|je certifie.{0,200}|je,? soussigne.{0,200}|certifico.{0,200}|"
        "have you any objections.{0,140}|voyez-vous des objections.{0,140}"
    ),
}
"""Kind → the plain headings that open such a section, as a regular expression."""

_LEAD = r"^(?P<lead>[\W_]*(?:(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})\s*[.)]\s*)?[\W_]*)"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[SectionKind, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            kind,
            re.compile(rf"{_LEAD}(?P<words>{words})\s*[:.]?\s*$"),
            re.compile(rf"{_LEAD}(?P<words>{words})(?P<edge>(?: ?\([^()]*\))? ?[:.]\s*|(?= \())"),
        )
        for kind, words in HEADINGS.items()
    )


def find_heading(text: str) -> tuple[SectionKind, int] | None:
    """Return the kind of section that some words open, and where what follows the heading begins.

    A heading fills its line, or stands before a colon, or is numbered as forms do.
    """
    low = plain(text).rstrip()
    if len(low) > 400 or not low:
        return None
    for kind, alone, _ in _patterns():
        if alone.match(low):
            return kind, len(text)
    best: tuple[SectionKind, int] | None = None
    for kind, _, leading in _patterns():
        found = leading.match(low)
        if found and (found.group("number") or found.group("edge").strip() == ":"):
            if best is None or found.end() > best[1]:
                best = kind, found.end()
    return best
