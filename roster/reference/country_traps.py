"""Words that look like a country and are none: rivers, states, organisations, given names."""

from __future__ import annotations

import re

NOT_COUNTRIES = (
    # Niger and others as waters and provinces
    "Niger River", "River Niger", "Niger Delta", "Niger State", "fleuve Niger", "delta du Niger",
    "bassin du Niger", "boucle du Niger", "río Níger", "rio Níger", "delta del Níger", "Niger-Delta",
    "Gulf of Guinea", "golfe de Guinée", "Golfo de Guinea", "Golfo da Guiné", "Golf von Guinea",
    "Golfo di Guinea", "New Guinea", "guinea pig", "guinea pigs", "guinea fowl", "South China Sea",
    "East China Sea", "China Sea", "Indian Ocean", "Lake Malawi", "Lake Chad", "lac Tchad",
    "Lago Chad", "Tschadsee", "bassin du lac Tchad", "Jordan River", "River Jordan", "Jordan Valley",
    "Sea of Oman", "Gulf of Oman", "Gulf of Mexico", "golfe du Mexique", "Golfo de México",
    "Panama Canal", "canal de Panamá", "Panama Papers", "Strait of Gibraltar",
    # States, provinces and towns that share a name
    "Atlanta Georgia", "Georgia USA", "Georgia US", "State of Georgia", "US state of Georgia",
    "University of Georgia", "Georgia Tech", "Georgia State", "Georgia State University",
    "Georgia Institute of Technology", "Savannah Georgia", "Athens Georgia", "South Georgia",
    "New Mexico", "Nuevo México", "New Jersey", "New Caledonia University", "New England",
    "Nouvelle Angleterre", "New South Wales", "Prince of Wales", "British Columbia",
    "Colombie-Britannique", "Columbia Británica", "District of Columbia", "Lebanon Pennsylvania",
    "Paris Texas", "Central Macedonia", "Eastern Macedonia and Thrace", "Eastern Macedonia",
    "Western Macedonia", "Inner Mongolia", "Brasilia Teimosa", "Peru Indiana", "Cuba Street",
    "Lima Ohio", "Rome Georgia", "New London", "London Ontario", "London Canada",
    # Organisations, treaties and events
    "Norwegian Refugee Council", "Danish Refugee Council", "Swiss Re", "British Council",
    "British Airways", "Turkish Airlines", "Ethiopian Airlines", "Royal Dutch Shell",
    "American University of Beirut", "American University", "American University in Cairo",
    "American School", "American Express", "Deutsche Bank", "Deutsche Welle", "Deutsche Post",
    "Deutsche Bahn", "Bank of America", "Rabat Process", "Processus de Rabat", "Proceso de Rabat",
    "Processo de Rabat", "Khartoum Process", "Processus de Khartoum", "Prague Process",
    "Processus de Prague", "Budapest Process", "Processus de Budapest", "Almaty Process",
    "Bali Process", "Colombo Process", "Abu Dhabi Dialogue", "Dublin Regulation", "Dublin Convention",
    "Dublin III", "Dublin II", "Dublin system", "Dublin Unit", "Dublin procedure", "règlement Dublin",
    "Reglamento de Dublín", "Regulamento de Dublin", "Dublin-Verordnung", "Regolamento di Dublino",
    "système de Dublin", "Geneva Convention", "Palermo Protocol", "Treaty of Lisbon",
    "Lisbon Treaty", "traité de Lisbonne", "Tratado de Lisboa", "Treaty of Rome", "traité de Rome",
    "Rome Statute", "Statut de Rome", "Estatuto de Roma", "Istanbul Convention", "Paris Declaration",
    "Déclaration de Paris", "Paris Agreement", "accord de Paris", "Acuerdo de París",
    "Treaty of Amsterdam", "Maastricht Treaty", "Athens Convention", "Paris Club", "Paris Principles",
    "Principes de Paris", "Dakar Declaration", "Dakar Strategy", "Accra Agenda", "Cairo Declaration",
    "Vienna Convention", "Convention de Vienne", "Convención de Viena", "Warsaw Convention",
    "Vienna Process", "Bologna Process", "Tunis Declaration", "Brussels Regulation", "Bruxelles II",
    "Brussels II", "Nairobi Protocol", "Kampala Convention", "Convention de Kampala",
    "Convención de Kampala", "Lima Declaration", "Santiago Declaration", "Colombo Declaration",
    # Adjectives that say a continent, a group or a thing
    "Latin American", "Latin America", "North American", "South American", "Central American",
    "Inter-American", "Pan-American", "African American", "African-American", "Afro-American",
    "Native American", "Ibero-American", "Euro-American", "Sud Américain", "Amérique latine",
    "Central African States", "Central African countries", "Central African region",
    "Central African Economic", "Central African sub-region", "Dominican Order", "Turkish bath",
    "Swiss cheese", "West African", "East African", "Roman Catholic",
    "Guinea Worm", "Polish up", "Polish off", "China paper", "French fries", "Indian Act",
    "French-speaking", "French speaking", "Portuguese-speaking", "Portuguese speaking",
    "Spanish-speaking", "Spanish speaking", "English speaking", "German-speaking",
    "Russian-speaking", "Russian speaking", "Korean Peninsula", "Spanish flu",
    "Cross-Channel", "Cape Town",
)  # fmt: skip
"""Phrases that are consumed and mean no country."""

GIVEN_NAMES = frozenset({"JO", "TD", "GE", "IN", "IL", "KE", "CN", "PS", "CY", "CU"})
"""Countries whose English name is a person's name too."""

ONLY_IN = {
    "island": frozenset({"de", "da", "sv", "cs", "hr", "et"}),
    "islanda": frozenset({"it", "ro", "pl"}),
    "reunion": frozenset({"xx"}),
    "reuniao": frozenset({"xx"}),
    "oman": frozenset[str](),
    "man": frozenset({"xx"}),
    "jersey": frozenset({"xx"}),
    "maurice": frozenset({"fr"}),
    "niger": frozenset[str](),
    "india": frozenset[str](),
    "congo": frozenset({"xx"}),
    "kongo": frozenset({"xx"}),
    "martinica": frozenset[str](),
    "chypre": frozenset[str](),
    "guernsey": frozenset[str](),
    "montserrat": frozenset({"xx"}),
    "norfolk": frozenset({"xx"}),
    "kina": frozenset({"da", "sv", "hr", "sl", "et"}),
    "fas": frozenset({"tr"}),
    "cina": frozenset({"it", "cs", "sk"}),
    "cile": frozenset({"it", "hr", "sl", "cs"}),
    "ekvator": frozenset({"sl"}),
    "ostrov man": frozenset({"cs", "sk"}),
}
"""Folded names that are a country in some languages only ("xx": never by themselves)."""

CAPITALISED_DEMONYMS = frozenset({"indio", "india", "lao", "finn", "mongol", "swazi"})
"""Nationalities that are another word in lower case."""

_BEFORE = re.compile(r"([^\W\d_]+)[ \t]+$")
_AFTER = re.compile(r"^[ \t]+([^\W\d_]+)")
_INSTITUTIONS = frozenset(
    "ministry ministère government gouvernement border police national authority authorities "
    "republic country office department directorate immigration customs team mission project "
    "programme program delegation agency army action phase i ii iii iv v and et y e und the "
    "river country state compact response refugee refugees hashemite migration passport visa "
    "embassy consulate kingdom mou eu un unhcr iom january february march april may june july "
    "august september october november december".split()
)
_LEADING = frozenset(
    "in to from of for with and or the at by on via near across en de au du et le la a para con "
    "y do da e em nach in aus und für von mission action project country countries beneficiary "
    "kingdom state republic southern northern eastern western royal government".split()
)


def is_given_name(text: str, start: int, end: int) -> bool:
    """Whether a country's name stands beside a capitalised word as part of a person's name."""
    before = _BEFORE.search(text[max(0, start - 40) : start])
    if before and before.group(1).lower() in _LEADING:
        return False
    after = _AFTER.match(text[end : end + 40])
    for neighbour in (before, after):
        word = neighbour.group(1) if neighbour else ""
        if word[:1].isupper() and not word.isupper() and word.lower() not in _INSTITUTIONS:
            return True
    return False
