"""What every letter of request says, whatever its subject: it tells nobody from anybody.

Our own sentences, per language. The nearer a sentence of a letter comes to one of these in meaning,
the less it counts, and their mean is taken off a letter's vector.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from matching.arrays import Vectors
from matching.encoder import Encoder

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


@lru_cache(maxsize=4)
def courtesy_vectors(encoder: Encoder) -> Mapping[str, Vectors]:
    """Return the vectors of the sentences of each language, and of all under ""."""
    flat = encoder.encode([one for held in COURTESIES.values() for one in held])
    by_language: dict[str, Vectors] = {"": flat}
    at = 0
    for language, held in COURTESIES.items():
        by_language[language] = flat[at : at + len(held)]
        at += len(held)
    return by_language


def weights_of(vectors: Vectors, encoder: Encoder, language: str | None) -> Vectors:
    """Return how much each sentence of a letter says beyond courtesy, shape (k,), in [0, 1]."""
    held = courtesy_vectors(encoder)
    polite = held.get(language or "", held[""])
    nearest = (vectors @ polite.T).max(axis=1)
    weights: Vectors = np.clip((0.85 - nearest) / 0.5, 0.0, 1.0).astype(np.float32)
    return weights
