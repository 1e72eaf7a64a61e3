"""One need in four languages, and a small roster where one person answers it; all invented."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.arrays import Vectors
from roster.vocabulary import AdministrationKind, ExpertKind
from tests.matching.people import mission, person, post, speaks, topic

LETTERS = {
    "en": "The Ministry of the Interior of Senegal has the honour to request support on travel "
    "document security. Officers at the airport meet forged passports and visas every week and "
    "lack training in the detection of document fraud. We would welcome experts who can review "
    "the issuance of biometric passports. They would also train second-line inspectors.",
    "fr": "Le ministère de l'Intérieur du Sénégal a l'honneur de solliciter un appui en matière de "
    "sécurité des documents de voyage. Les agents de l'aéroport rencontrent chaque semaine de faux "
    "passeports et de faux visas et manquent de formation à la détection de la fraude "
    "documentaire. Nous souhaitons accueillir des experts capables d'examiner la délivrance des "
    "passeports biométriques. Ils formeraient aussi les inspecteurs de deuxième ligne.",
    "es": "El Ministerio del Interior de Senegal tiene el honor de solicitar apoyo en materia de "
    "seguridad de los documentos de viaje. Los agentes del aeropuerto encuentran cada semana "
    "pasaportes y visados falsos y carecen de formación en la detección del fraude documental. "
    "Deseamos recibir expertos que puedan examinar la expedición de pasaportes biométricos. "
    "También formarían a los inspectores de segunda línea.",
    "pt": "O Ministério do Interior do Senegal tem a honra de solicitar apoio em matéria de "
    "segurança dos documentos de viagem. Os agentes do aeroporto encontram todas as semanas "
    "passaportes e vistos falsos e carecem de formação na deteção de fraude documental. "
    "Gostaríamos de receber peritos que possam examinar a emissão de passaportes biométricos. "
    "Formariam também os inspetores de segunda linha.",
}

EXAMINER = person(
    1,
    headline="Chefe da unidade de documentos de segurança",
    posts=(
        post(
            "Chefe da unidade de fraude documental",
            2012,
            employer="Serviço de Estrangeiros e Fronteiras",
            administration=AdministrationKind.BORDER_POLICE,
            country="PT",
            duties="Perícia de passaportes e documentos de viagem falsificados no aeroporto.",
            lang="pt",
        ),
    ),
    missions=(
        mission("Formação de agentes de fronteira sobre fraude documental", ["GW"], 2023, "pt"),
    ),
    topics=(topic("document_security", 1.0, 2012, quote="Chefe da unidade de fraude documental"),),
    languages=speaks(pt="native", fr="C1", en="C1"),
    text="Perito em documentos de segurança, passaportes e deteção de fraude documental.",
)
_OTHERS = (
    ("Head of asylum procedures", "asylum_international_protection", "Decides on asylum claims."),
    ("Labour migration adviser", "legal_labour_migration", "Advises on work permits and quotas."),
    ("Statistician of migration", "data_management", "Keeps the data base of residence permits."),
    ("Diaspora policy officer", "diaspora_engagement", "Organises meetings with the diaspora."),
    ("Return counsellor", "return_readmission", "Counsels people who return to their countries."),
    ("Remittances analyst", "remittances", "Analyses the cost of sending money home."),
)
OFFICIALS = (
    EXAMINER,
    *(
        person(
            n,
            headline=title,
            posts=(post(title, 2008 + n, country="PT", duties=duties),),
            topics=(topic(code, 1.0, 2008 + n, quote=title),),
            languages=speaks(en="C1", fr="B2"),
            text=f"{title}. {duties}",
        )
        for n, (title, code, duties) in enumerate(_OTHERS, start=2)
    ),
)

PLASTERER = person(
    90,
    kind=ExpertKind.PRIVATE_CONSULTANT,
    headline="Plasterer",
    posts=(
        post(
            "Plasterer",
            2001,
            employer="Walls Ltd",
            administration=None,
            country="PT",
            duties="Plasters walls and ceilings of houses.",
        ),
    ),
    languages=speaks(en="C1", fr="B2"),
    text="Plasterer since 2001. Plasters walls and ceilings.",
)


class LetterEncoder:
    """Stands in for the sentence encoder: texts with like letters have near vectors."""

    name = "letters/1"
    dimensions = 26

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        counts = np.array(
            [[text.lower().count(chr(97 + at)) for at in range(26)] for text in texts], np.float32
        ).reshape(-1, 26)
        length = np.linalg.norm(counts, axis=1, keepdims=True)
        return np.asarray(np.divide(counts, length, where=length > 0, out=counts))
