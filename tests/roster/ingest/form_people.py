"""Invented experts with a known career, for filling forms: drawn from a seed, true by design."""

# ruff: noqa: E501 - words stand as forms print them; rows grow one by one

from __future__ import annotations

import random
from dataclasses import dataclass, field

from babel import Locale

MALE = ("Mr", "M.", "Sr.", "Sr.", "Herr", "Sig.")
NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("Orla Siobhán", "Tadas", "Merit", "Callum", "Anneli Kaja", "Joris"),
        ("Brennigan", "Vaitkunas", "Põldmaaste", "McArdoyle", "Van der Heyligen", "Ó Fearghusa"),
    ),
    "fr": (
        ("Maëlle", "Souleymane Bakary", "Hichem", "Clothilde", "Aïssatou", "Jean-Rémi"),
        (
            "Tournadour",
            "Diarrassoubane",
            "Ben Achourine",
            "de Villemarque",
            "N'Gaïdara",
            "Le Quérrec",
        ),
    ),
    "es": (
        ("Nuria Inés", "Iker", "Rocío", "José Ramón", "Lourdes", "Wilmer Andrés"),
        (
            "Olazagutía Prats",
            "Berrocalejo Sanz",
            "de la Quintanilla Mora",
            "Peñarrubia",
            "Cusihuamán",
        ),
    ),
    "pt": (
        ("Leonor", "Tiago Manuel", "Domingas", "Inês Sofia", "Adérito", "Rui"),
        (
            "Carvalhosa Pinto",
            "Mascarenhas",
            "dos Santos Evoradinha",
            "Tchongolola",
            "de Sá Moutinhão",
        ),
    ),
    "de": (("Anselm", "Friederike", "Jörg Peter"), ("von Hohenwarth", "Grünzweigler", "Müßighaus")),
    "it": (("Ginevra", "Lapo Maria", "Fiorenza"), ("Castelluccini", "Dell'Orefice", "De Bonifaci")),
}
HOMES: dict[str, tuple[tuple[str, str, str], ...]] = {
    # country, city, nationality as an adjective
    "en": (("IE", "Dublin", "Irish"), ("LT", "Vilnius", "Lithuanian"), ("EE", "Tallinn", "Estonian"),
           ("SE", "Stockholm", "Swedish"), ("NL", "Utrecht", "Dutch")),
    "fr": (("FR", "Lyon", "Française"), ("BE", "Bruxelles", "Belge"), ("SN", "Dakar", "Sénégalaise"),
           ("TN", "Tunis", "Tunisienne"), ("CI", "Abidjan", "Ivoirienne")),
    "es": (("ES", "Madrid", "Española"), ("CO", "Bogotá", "Colombiana"), ("PE", "Lima", "Peruana"),
           ("EC", "Quito", "Ecuatoriana")),
    "pt": (("PT", "Lisboa", "Portuguesa"), ("CV", "Praia", "Cabo-verdiana"),
           ("AO", "Luanda", "Angolana"), ("MZ", "Maputo", "Moçambicana")),
    "de": (("DE", "Nürnberg", "Deutsch"), ("AT", "Wien", "Österreichisch")),
    "it": (("IT", "Roma", "Italiana"),),
}  # fmt: skip
ABROAD = (
    ("GE", "Tbilisi"), ("MD", "Chișinău"), ("AM", "Yerevan"), ("MA", "Rabat"), ("TN", "Tunis"),
    ("NE", "Niamey"), ("GH", "Accra"), ("JO", "Amman"), ("KE", "Nairobi"), ("LB", "Beirut"),
    ("AL", "Tirana"), ("KG", "Bishkek"), ("UZ", "Tashkent"), ("EG", "Cairo"), ("ET", "Addis Ababa"),
    ("PK", "Islamabad"), ("BD", "Dhaka"), ("CR", "San José"), ("RS", "Belgrade"), ("ML", "Bamako"),
)  # fmt: skip
ONLY_MENTIONED = ("LY", "SY", "AF", "ER", "IQ", "SO", "VN", "BR", "PH", "NP", "YE", "MM")
EMPLOYERS: dict[str, tuple[str, ...]] = {
    "en": ("Ministry of the Interior, Migration Department", "National Agency for Asylum",
           "State Border Guard Service", "Office for Immigration and Citizenship",
           "Ministry of Labour and Social Protection", "Central Statistics Bureau"),
    "fr": ("Ministère de l'Intérieur, Direction de l'immigration", "Office national de l'asile",
           "Direction générale de la police aux frontières", "Agence nationale de l'emploi",
           "Ministère des Affaires sociales", "Institut national de la statistique"),
    "es": ("Ministerio del Interior, Dirección General de Extranjería", "Oficina Nacional de Asilo",
           "Instituto Nacional de Migraciones", "Policía Nacional, Comisaría de Fronteras",
           "Ministerio de Trabajo", "Instituto Nacional de Estadística"),
    "pt": ("Ministério da Administração Interna", "Serviço Nacional de Estrangeiros e Fronteiras",
           "Agência Nacional para a Integração", "Instituto Nacional de Estatística",
           "Ministério do Trabalho e da Segurança Social", "Direção-Geral das Migrações"),
    "de": ("Bundesministerium des Innern, Abteilung Migration", "Landesamt für Einwanderung",
           "Bundespolizeidirektion", "Bundesagentur für Arbeit"),
    "it": ("Ministero dell'Interno, Dipartimento per le libertà civili", "Prefettura di Roma",
           "Direzione Centrale dell'Immigrazione", "Istituto nazionale di statistica"),
}  # fmt: skip
TITLES: dict[str, tuple[str, ...]] = {
    "en": ("Head of Unit, Legal Migration", "Senior Adviser", "Legal Officer", "Case Worker, Asylum",
           "Deputy Director, Returns", "Border Guard Inspector"),
    "fr": ("Chef de bureau, séjour", "Conseillère juridique", "Chargée de mission asile",
           "Directeur adjoint", "Officier de protection", "Inspectrice principale"),
    "es": ("Jefa de sección de asilo", "Asesor jurídico", "Subdirectora de fronteras",
           "Técnico superior", "Inspector jefe", "Coordinadora de programas"),
    "pt": ("Chefe de divisão de asilo", "Consultora jurídica", "Diretor de serviços",
           "Técnica superior", "Inspetor coordenador", "Assessora do gabinete"),
    "de": ("Referatsleiterin Asyl", "Sachbearbeiter Rückkehr", "Stellvertretender Abteilungsleiter",
           "Juristin Grundsatzfragen"),
    "it": ("Dirigente area immigrazione", "Funzionaria giuridica", "Ispettore capo",
           "Capo ufficio asilo"),
}  # fmt: skip
ROLES: dict[str, tuple[str, ...]] = {
    "en": ("Short-term expert", "Key expert 2", "Team leader", "Consultant, return policy"),
    "fr": ("Expert court terme", "Experte principale", "Consultant, politique de retour"),
    "es": ("Experto de corto plazo", "Experta principal", "Consultora en retorno"),
    "pt": ("Perito de curta duração", "Perita principal", "Consultor em retorno"),
    "de": ("Kurzzeitexperte", "Teamleiterin", "Beraterin für Rückkehr"),
    "it": ("Esperto a breve termine", "Esperta principale", "Consulente rimpatri"),
}
CLIENTS = ("ICMPD", "IOM", "GIZ", "UNHCR", "Expertise France", "FIIAPP", "EUAA", "ILO")
DUTIES: dict[str, tuple[str, ...]] = {
    "en": ("Asylum procedures and appeals; cases of nationals of {0} and {1}.",
           "Return and readmission: negotiation of agreements with {0}.",
           "Drafting of the national strategy on labour migration. Study of routes from {0} and {1}.",
           "Training of border guards on the identification of victims of trafficking."),
    "fr": ("Procédures d'asile et recours ; dossiers de ressortissants de {0} et {1}.",
           "Retour et réadmission : négociation d'accords avec {0}.",
           "Rédaction de la stratégie nationale de migration de travail. Étude des routes : {0}, {1}.",
           "Formation des gardes-frontières à l'identification des victimes de la traite."),
    "es": ("Procedimientos de asilo y recursos; casos de nacionales de {0} y {1}.",
           "Retorno y readmisión: negociación de acuerdos con {0}.",
           "Redacción de la estrategia nacional de migración laboral. Estudio de rutas: {0}, {1}.",
           "Formación de guardias de frontera en la identificación de víctimas de trata."),
    "pt": ("Procedimentos de asilo e recursos; casos de nacionais de {0} e {1}.",
           "Retorno e readmissão: negociação de acordos com {0}.",
           "Redação da estratégia nacional de migração laboral. Estudo de rotas: {0}, {1}.",
           "Formação de guardas de fronteira na identificação de vítimas de tráfico."),
    "de": ("Asylverfahren und Beschwerden; Fälle von Staatsangehörigen aus {0} und {1}.",
           "Rückkehr und Rückübernahme: Verhandlung von Abkommen mit {0}.",
           "Entwurf der nationalen Strategie zur Arbeitsmigration."),
    "it": ("Procedure di asilo e ricorsi; casi di cittadini di {0} e {1}.",
           "Rimpatri e riammissione: negoziato di accordi con {0}.",
           "Redazione della strategia nazionale sulla migrazione per lavoro."),
}  # fmt: skip
DEGREES: dict[str, tuple[tuple[str, int], ...]] = {
    "en": (("Master of Laws (LL.M.)", 7), ("PhD in Political Science", 8), ("Bachelor of Arts", 6)),
    "fr": (("Master 2 en droit public", 7), ("Doctorat en sociologie", 8), ("Licence en droit", 6)),
    "es": (("Máster en Derecho", 7), ("Doctorado en Sociología", 8), ("Licenciatura en Derecho", 6)),
    "pt": (("Mestrado em Direito", 7), ("Doutoramento em Sociologia", 8), ("Licenciatura em Direito", 6)),
    "de": (("Master of Public Administration", 7), ("Bachelor of Laws", 6)),
    "it": (("Laurea magistrale in Giurisprudenza", 7), ("Dottorato di ricerca in diritto", 8)),
}  # fmt: skip
SCHOOLS: dict[str, tuple[str, ...]] = {
    "en": ("University of Uppsala", "University College Dublin", "Vilnius University"),
    "fr": ("Université de Poitiers", "Université Cheikh Anta Diop", "Université de Tunis"),
    "es": ("Universidad de Salamanca", "Universidad Nacional de Colombia"),
    "pt": ("Universidade de Coimbra", "Universidade de Lisboa"),
    "de": ("Universität Leipzig", "Universität Wien"),
    "it": ("Università degli Studi di Bologna", "Università di Napoli Federico II"),
}
NATIVE = {"en": "en", "fr": "fr", "es": "es", "pt": "pt", "de": "de", "it": "it"}
REFEREES = (
    "Bertil Åkerlundh",
    "Yasmine Kettani-Ferro",
    "Prof. Otto Wachtelmann",
    "Ximena Urrutibeas",
)


@dataclass(frozen=True)
class Work:
    """A post or a mission as it is true."""

    start: tuple[int, int]
    end: tuple[int, int] | None
    country: str
    city: str
    employer: str
    title: str
    duties: str
    days: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class Person:
    """An invented expert."""

    language: str
    given: str
    family: str
    mail: str | None
    nationality: str
    nationality_word: str
    birth: tuple[int, int, int]
    posts: tuple[Work, ...]
    """Newest first; the first one goes on."""
    missions: tuple[Work, ...]
    native: str
    tongues: tuple[tuple[str, int], ...]
    """Language and step, 1 best to 5 worst."""
    degrees: tuple[tuple[str, int, str, int, int], ...]
    """Degree, ISCED level, school, first year, last year; newest first."""
    referees: tuple[tuple[str, str, str], ...]
    """Name, e-mail, telephone."""
    firm: str
    firm_mail: str
    proposed: str
    proposed_country: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def full(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


def country_name(code: str, language: str) -> str:
    """Return the name of a country in the language of the form."""
    return str(Locale(language).territories[code])


def language_name(code: str, language: str) -> str:
    """Return the name of a language in the language of the form."""
    return str(Locale(language).languages[code]).capitalize()


def invent(language: str, seed: int) -> Person:
    """Return a person, always the same for the same language and seed."""
    rng = random.Random(f"{language}-{seed}")  # noqa: S311 - invented data, not secrets
    given, family = (rng.choice(pool) for pool in NAMES[language])
    home, city, adjective = rng.choice(HOMES[language])
    first_year = rng.randint(1996, 2012)
    posts = _posts(rng, language, home, city, first_year)
    tongues = _tongues(rng, NATIVE[language])
    local = f"{_ascii(given.split()[0])}.{_ascii(family.split()[-1])}"
    return Person(
        language=language,
        given=given,
        family=family,
        mail=rng.choice([f"{local}@courier.example", None]),
        nationality=home,
        nationality_word=rng.choice([adjective, country_name(home, language)]),
        birth=(first_year - rng.randint(24, 29), rng.randint(1, 12), rng.randint(1, 28)),
        posts=posts,
        missions=_missions(rng, language, home, first_year + 3),
        native=NATIVE[language],
        tongues=tongues,
        degrees=_degrees(rng, language, first_year),
        referees=tuple(
            (name, f"{_ascii(name.split()[-1])}@agency.example", "+46 10 000 11 2" + str(at))
            for at, name in enumerate(rng.sample(REFEREES, 3))
        ),
        firm="Baltivia Consulting GmbH",
        firm_mail=rng.choice(["office@baltivia.example", "tenders@baltivia.example"]),
        proposed=rng.choice(ROLES[language]),
        proposed_country=rng.choice(["KZ", "DZ", "ZM"]),
    )


def _ascii(text: str) -> str:
    folded = text.translate(str.maketrans("áéíóúàèãõçñöüäåÁÓøÅ", "aeiouaeaocnouaaAOoA"))
    return "".join(sign for sign in folded.lower() if sign.isascii() and sign.isalpha())


def _posts(rng: random.Random, language: str, home: str, city: str, first: int) -> tuple[Work, ...]:
    count = rng.randint(2, 4)
    employers, titles = (rng.sample(EMPLOYERS[language], 2), rng.sample(TITLES[language], 3))
    bounds = sorted(rng.sample(range(first + 3, 2023), count - 1))
    found = []
    for at, (start, end) in enumerate(zip([first, *bounds], [*bounds, None], strict=True)):
        found.append(
            Work(
                start=(start, 9 if at else rng.randint(1, 8)),
                end=(end, 8) if end else None,
                country=home,
                city=city,
                employer=employers[at % 2],
                title=titles[at % 3],
                duties=_duties(rng, language),
            )
        )
    return tuple(reversed(found))


def _missions(rng: random.Random, language: str, home: str, first: int) -> tuple[Work, ...]:
    count = rng.randint(2, 4)
    places = rng.sample([place for place in ABROAD if place[0] != home], count)
    years = sorted(rng.sample(range(first, 2026), count), reverse=True)
    found = []
    for (country, city), year in zip(places, years, strict=True):
        month = rng.randint(1, 6)
        days = rng.choice([None, 5, 12, 30])
        found.append(
            Work(
                start=(year, month),
                end=(year, month if days else month + rng.randint(1, 6)),
                country=country,
                city=city,
                employer=rng.choice(CLIENTS),
                title=rng.choice(ROLES[language]),
                duties=_duties(rng, language),
                days=days,
                code=f"{country} {year % 100:02d} ENI JH 0{rng.randint(1, 4)}",
            )
        )
    return tuple(found)


def _duties(rng: random.Random, language: str) -> str:
    places = [country_name(code, language) for code in rng.sample(ONLY_MENTIONED, 2)]
    return rng.choice(DUTIES[language]).format(*places)


def _tongues(rng: random.Random, native: str) -> tuple[tuple[str, int], ...]:
    others = [code for code in ("en", "fr", "es", "ru", "ar", "de", "it", "pt") if code != native]
    return tuple((code, rng.randint(1, 5)) for code in rng.sample(others, rng.randint(2, 4)))


def _degrees(
    rng: random.Random, language: str, first: int
) -> tuple[tuple[str, int, str, int, int], ...]:
    chosen = rng.sample(DEGREES[language], rng.randint(1, 2))
    chosen.sort(key=lambda degree: -degree[1])
    found, last = [], first - 1
    for name, level in chosen:
        found.append((name, level, rng.choice(SCHOOLS[language]), last - 2, last))
        last -= 3
    return tuple(found)
