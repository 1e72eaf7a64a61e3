"""What every letter of request and every CV says, whatever the subject: it tells nobody apart.

Our own sentences, per language. The nearer a sentence of a letter comes to one of these in meaning,
the less it counts; and a part of what they say is taken off the vector of a letter or a CV, so that
two texts are not near for being letters, or for being in one language. Nothing of it depends on who
is on the roster: a person's vector stays when others come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from matching.arrays import Vectors
from matching.directions import usual_letter
from matching.encoder import Encoder

LETTER_SHARE = 0.5
CV_SHARE = 0.8
"""How much of the commonplaces is taken off."""
FIELD_SHARE = 0.35
"""How much of what the whole field is about is taken off a letter."""
USUAL_SHARE = 0.3
"""How much of the mean of our invented letters is taken off a letter, after that."""
PLAIN, POLITE = 0.4, 0.75
"""A sentence this near to a courtesy counts fully, and not at all."""
LEAST_WEIGHT = 0.02

COURTESIES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "The Ministry presents its compliments and has the honour to request your support.",
        "We would be grateful if experts could travel to our capital for two weeks.",
        "We kindly request the assistance of two or three experts from Member States.",
        "The activities should take place between March and June next year.",
        "The working language will be English, at a good level.",
        "Our focal point remains at your disposal for any further information.",
        "Please accept the assurances of our highest consideration.",
        "We wish to learn from the experience of administrations that faced the same question.",
        "The experts would work with our staff and leave us written recommendations.",
        "The Director General, Permanent Secretary of the Ministry",
    ),
    "fr": (
        "Le Ministère présente ses compliments et a l'honneur de solliciter votre appui.",
        "Nous vous saurions gré de bien vouloir mettre à disposition des experts pour deux "
        "semaines dans notre capitale.",
        "Nous sollicitons l'assistance de deux ou trois experts d'États membres.",
        "Les activités devraient se dérouler entre mars et juin de l'année prochaine.",
        "La langue de travail sera le français, à un bon niveau.",
        "Notre point focal se tient à votre disposition pour tout complément d'information.",
        "Veuillez agréer l'expression de notre haute considération.",
        "Nous souhaitons profiter de l'expérience d'administrations qui ont connu la même "
        "question.",
        "Les experts travailleraient avec nos cadres et nous laisseraient des recommandations.",
        "Le Directeur général, Secrétaire général du Ministère",
    ),
    "es": (
        "El Ministerio presenta sus saludos y tiene el honor de solicitar su apoyo.",
        "Agradeceríamos que expertos pudieran viajar a nuestra capital por dos semanas.",
        "Solicitamos la asistencia de dos o tres expertos de los Estados miembros.",
        "Las actividades deberían realizarse entre marzo y junio del próximo año.",
        "El idioma de trabajo será el español, con buen nivel.",
        "Nuestro punto focal queda a su disposición para cualquier información adicional.",
        "Reciba las seguridades de nuestra más alta consideración.",
        "Deseamos aprender de la experiencia de administraciones que enfrentaron la misma "
        "cuestión.",
        "Los expertos trabajarían con nuestro personal y nos dejarían recomendaciones escritas.",
        "El Director General, Secretario Permanente del Ministerio",
    ),
    "pt": (
        "O Ministério apresenta os seus cumprimentos e tem a honra de solicitar o vosso apoio.",
        "Agradecíamos que peritos pudessem deslocar-se à nossa capital por duas semanas.",
        "Solicitamos a assistência de dois ou três peritos dos Estados-Membros.",
        "As atividades deveriam decorrer entre março e junho do próximo ano.",
        "A língua de trabalho será o português, com bom nível.",
        "O nosso ponto focal fica à vossa disposição para qualquer informação adicional.",
        "Queiram aceitar os protestos da nossa mais elevada consideração.",
        "Desejamos aprender com a experiência de administrações que enfrentaram a mesma questão.",
        "Os peritos trabalhariam com o nosso pessoal e deixar-nos-iam recomendações escritas.",
        "O Diretor-Geral, Secretário Permanente do Ministério",
    ),
    "de": (
        "Das Ministerium beehrt sich, Sie um Unterstützung zu bitten.",
        "Wir wären dankbar, wenn Fachleute für zwei Wochen in unsere Hauptstadt reisen könnten.",
        "Die Arbeiten sollten zwischen März und Juni des nächsten Jahres stattfinden.",
        "Die Arbeitssprache ist Deutsch auf gutem Niveau.",
        "Für weitere Auskünfte steht Ihnen unsere Kontaktstelle gern zur Verfügung.",
        "Mit vorzüglicher Hochachtung",
    ),
    "it": (
        "Il Ministero ha l'onore di chiedere il vostro sostegno.",
        "Saremmo grati se degli esperti potessero recarsi nella nostra capitale per due settimane.",
        "Le attività dovrebbero svolgersi tra marzo e giugno del prossimo anno.",
        "La lingua di lavoro sarà l'italiano, a un buon livello.",
        "Il nostro punto di contatto resta a disposizione per ogni ulteriore informazione.",
        "Vogliate gradire i sensi della nostra più alta considerazione.",
    ),
    "ar": (
        "تهدي الوزارة تحياتها وتتشرف بطلب دعمكم.",
        "نكون ممتنين لو تمكن خبراء من السفر إلى عاصمتنا لمدة أسبوعين.",
        "ينبغي أن تجري الأنشطة بين مارس ويونيو من العام المقبل.",
        "ستكون لغة العمل العربية بمستوى جيد.",
        "تبقى نقطة الاتصال لدينا رهن إشارتكم لأي معلومات إضافية.",
        "وتفضلوا بقبول فائق الاحترام والتقدير.",
    ),
}
"""Sentences by ISO 639-1; a letter in another language is held against all of them."""

FIELD: Mapping[str, str] = {
    "en": "Migration policy and governance. Borders, visas and residence permits, asylum and "
    "refugees, labour migration and recruitment, integration of immigrants, diaspora and "
    "remittances, return and reintegration, trafficking in human beings and smuggling, "
    "unaccompanied children, data and statistics. Laws, strategies, procedures, training of "
    "officials and cooperation between ministries.",
    "fr": "Politique et gouvernance des migrations. Frontières, visas et titres de séjour, asile "
    "et réfugiés, migration de travail et recrutement, intégration des immigrés, diaspora et "
    "envois de fonds, retour et réintégration, traite des êtres humains et trafic de migrants, "
    "mineurs non accompagnés, données et statistiques. Lois, stratégies, procédures, formation "
    "des agents et coopération entre ministères.",
    "es": "Política y gobernanza de las migraciones. Fronteras, visados y permisos de residencia, "
    "asilo y refugiados, migración laboral y contratación, integración de los inmigrantes, "
    "diáspora y remesas, retorno y reintegración, trata de personas y tráfico de migrantes, "
    "menores no acompañados, datos y estadísticas. Leyes, estrategias, procedimientos, formación "
    "de funcionarios y cooperación entre ministerios.",
    "pt": "Política e governação das migrações. Fronteiras, vistos e autorizações de residência, "
    "asilo e refugiados, migração laboral e recrutamento, integração dos imigrantes, diáspora e "
    "remessas, retorno e reintegração, tráfico de pessoas e auxílio à imigração ilegal, menores "
    "não acompanhados, dados e estatísticas. Leis, estratégias, procedimentos, formação de "
    "funcionários e cooperação entre ministérios.",
}
"""What the field is about, by ISO 639-1: who comes near to all of it comes near to every letter. A
letter in another language is held against their mean."""

COMMON_CVS: Mapping[str, str] = {
    "en": "Curriculum vitae. Name, date of birth, nationality. Head of unit at the Ministry since "
    "2015, responsible for a team of twelve officers; adviser from 2008 to 2015. Short missions as "
    "expert to partner countries: workshops, training sessions, reports. Education: Master's "
    "degree, university, 2004. Languages: English C1, French B2. Computer skills, publications, "
    "driving licence.",
    "fr": "Curriculum vitae. Nom, date de naissance, nationalité. Chef d'unité au Ministère depuis "
    "2015, responsable d'une équipe de douze agents ; conseiller de 2008 à 2015. Missions d'expert "
    "de courte durée dans des pays partenaires : ateliers, formations, rapports. Formation : "
    "master, université, 2004. Langues : français langue maternelle, anglais C1. Informatique, "
    "publications, permis de conduire.",
    "es": "Currículum vítae. Nombre, fecha de nacimiento, nacionalidad. Jefe de unidad en el "
    "Ministerio desde 2015, responsable de un equipo de doce funcionarios; asesor de 2008 a 2015. "
    "Misiones cortas como experto en países socios: talleres, cursos, informes. Formación: máster, "
    "universidad, 2004. Idiomas: español lengua materna, inglés C1. Informática, publicaciones, "
    "permiso de conducir.",
    "pt": "Curriculum vitae. Nome, data de nascimento, nacionalidade. Chefe de unidade no "
    "Ministério desde 2015, responsável por uma equipa de doze funcionários; assessor de 2008 a "
    "2015. Missões curtas como perito em países parceiros: seminários, formações, relatórios. "
    "Formação: mestrado, universidade, 2004. Línguas: português língua materna, inglês C1. "
    "Informática, publicações, carta de condução.",
    "de": "Lebenslauf. Name, Geburtsdatum, Staatsangehörigkeit. Referatsleiter im Ministerium seit "
    "2015, verantwortlich für zwölf Mitarbeitende; Referent von 2008 bis 2015. Kurzzeiteinsätze "
    "als Experte in Partnerländern: Workshops, Schulungen, Berichte. Ausbildung: Master, "
    "Universität, 2004. Sprachen: Deutsch Muttersprache, Englisch C1. EDV-Kenntnisse, "
    "Veröffentlichungen, Führerschein.",
    "it": "Curriculum vitae. Nome, data di nascita, nazionalità. Capo unità al Ministero dal 2015, "
    "responsabile di dodici funzionari; consulente dal 2008 al 2015. Brevi missioni come esperto "
    "in paesi partner: seminari, corsi, relazioni. Istruzione: laurea magistrale, università, "
    "2004. Lingue: italiano madrelingua, inglese C1. Informatica, pubblicazioni, patente.",
}
"""A CV without a subject, by ISO 639-1; one in another language is held against all of them."""


@lru_cache(maxsize=4)
def _courtesies(encoder: Encoder) -> Mapping[str, Vectors]:
    """Return the vectors of the courtesies of each language, and of all under ""."""
    flat = encoder.encode([one for held in COURTESIES.values() for one in held])
    by_language: dict[str, Vectors] = {"": flat}
    at = 0
    for language, held in COURTESIES.items():
        by_language[language] = flat[at : at + len(held)]
        at += len(held)
    return by_language


@lru_cache(maxsize=4)
def _common_letters(encoder: Encoder) -> Mapping[str, Vectors]:
    return _with_mean(encoder, {code: " ".join(held) for code, held in COURTESIES.items()})


@lru_cache(maxsize=4)
def _field(encoder: Encoder) -> Mapping[str, Vectors]:
    return _with_mean(encoder, FIELD)


@lru_cache(maxsize=4)
def _common_cvs(encoder: Encoder) -> Mapping[str, Vectors]:
    return _with_mean(encoder, COMMON_CVS)


def _with_mean(encoder: Encoder, texts: Mapping[str, str]) -> Mapping[str, Vectors]:
    """Return a vector per language, their mean under ""."""
    vectors = encoder.encode(list(texts.values()))
    return {**dict(zip(texts, vectors, strict=True)), "": vectors.mean(axis=0)}


def sentence_weights(vectors: Vectors, encoder: Encoder, language: str | None) -> Vectors:
    """Return how much each sentence of a letter says beyond courtesy, shape (k,), in (0, 1]."""
    held = _courtesies(encoder)
    polite = held.get(language or "", held[""])
    nearest = (vectors @ polite.T).max(axis=1)
    weights = np.clip((POLITE - nearest) / (POLITE - PLAIN), LEAST_WEIGHT, 1.0)
    return np.asarray(weights, dtype=np.float32)


def letter_apart(vector: Vectors, encoder: Encoder, language: str | None) -> Vectors:
    """Return a letter's vector without what every letter, of this field too, says, of length 1.

    What no sentence of ours says but letters share all the same, their mean knows: without it a CV
    that comes near to any letter, a long one most of all, comes near to each.
    """
    held, field = _common_letters(encoder), _field(encoder)
    own = _unit(vector - LETTER_SHARE * held.get(language or "", held[""]))
    own = _unit(own - FIELD_SHARE * field.get(language or "", field[""]))
    usual = usual_letter(encoder.name)
    return own if usual is None else _unit(own - USUAL_SHARE * usual)


def cvs_apart(vectors: Vectors, encoder: Encoder, languages: Sequence[str | None]) -> Vectors:
    """Return CVs' vectors without what every CV says, of length 1, shape (n, dimensions).

    Zeros, which stand for a person without a vector, stay zeros.
    """
    if not len(vectors):
        return vectors
    held = _common_cvs(encoder)
    common = np.stack([held.get(one or "", held[""]) for one in languages])
    return np.where(vectors.any(axis=1, keepdims=True), _unit(vectors - CV_SHARE * common), vectors)


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)
