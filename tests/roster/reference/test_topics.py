from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.reference.topics import (
    areas,
    find_concepts,
    find_topics,
    is_topic,
    label,
    related,
    topic,
    topics,
)

MEANT = [
    (
        "en",
        "Trafficking in human beings and smuggling of migrants",
        "trafficking_in_human_beings smuggling_of_migrants",
    ),
    ("en", "drafting of the new migration law", "migration_legislation"),
    ("en", "AVRR programme; readmission agreements", "return_readmission"),
    ("en", "Integrated Border Management (IBM) strategy", "border_management"),
    (
        "en",
        "refugee status determination and reception of asylum seekers",
        "asylum_international_protection",
    ),
    ("en", "unaccompanied minors", "minors"),
    ("en", "remittances of the diaspora", "remittances diaspora_engagement"),
    ("en", "detection of forged travel documents", "document_security"),
    ("en", "free movement of persons in ECOWAS", "free_movement_regional_integration"),
    ("en", "illegal recruitment of domestic workers", "illegal_recruitment"),
    ("fr", "lutte contre la traite des êtres humains", "trafficking_in_human_beings"),
    ("fr", "trafic illicite de migrants", "smuggling_of_migrants"),
    ("fr", "Accords de réadmission et aide au retour", "return_readmission"),
    ("fr", "migration de main-d’œuvre", "legal_labour_migration"),
    ("fr", "stratégie nationale de migration", "migration_policy_development"),
    ("fr", "police aux frontières, fraude documentaire", "border_management document_security"),
    (
        "es",
        "trata de personas y tráfico ilícito de migrantes",
        "trafficking_in_human_beings smuggling_of_migrants",
    ),
    ("es", "gestión integrada de fronteras", "border_management"),
    ("es", "ley de migración", "migration_legislation"),
    ("es", "retorno voluntario y reintegración de migrantes", "return_readmission"),
    ("pt", "tráfico de pessoas", "trafficking_in_human_beings"),
    ("pt", "gestão de fronteiras e segurança documental", "border_management document_security"),
    ("pt", "política nacional de imigração", "migration_policy_development"),
    (
        "de",
        "Bekämpfung des Menschenhandels und der Schleusungskriminalität",
        "trafficking_in_human_beings smuggling_of_migrants",
    ),
    ("de", "Rückübernahmeabkommen", "return_readmission"),
    ("de", "Asylverfahren und Grenzschutz", "asylum_international_protection border_management"),
    ("it", "tratta di esseri umani", "trafficking_in_human_beings"),
    ("it", "rimesse dei migranti", "remittances"),
    (
        "it",
        "richiedenti asilo e minori stranieri non accompagnati",
        "asylum_international_protection minors",
    ),
    (
        "ru",
        "противодействие торговле людьми и реадмиссия",
        "trafficking_in_human_beings return_readmission",
    ),
    (
        "ar",
        "مكافحة الاتجار بالبشر وتهريب المهاجرين",
        "trafficking_in_human_beings smuggling_of_migrants",
    ),
    (
        "pl",
        "zwalczanie nielegalnej migracji i handlu ludźmi",
        "irregular_migration trafficking_in_human_beings",
    ),
    ("el", "διαχείριση συνόρων και άσυλο", "border_management asylum_international_protection"),
    ("ro", "poliția de frontieră", "border_management"),
    ("nl", "grensbewaking en mensenhandel", "border_management trafficking_in_human_beings"),
    ("sv", "ensamkommande barn", "minors"),
    ("cs", "obchod s lidmi", "trafficking_in_human_beings"),
    ("hu", "emberkereskedelem", "trafficking_in_human_beings"),
]

NOT_MEANT = [
    ("en", "cross-border payments and border trade"),
    ("en", "return on investment, tax return, rate of return"),
    ("en", "data protection law"),
    ("en", "data migration to the cloud, server migration"),
    ("en", "drug trafficking and air traffic"),
    ("en", "Doctors without Borders; a Visa card; minor works"),
    ("en", "European integration and systems integration"),
    ("en", "labour law, employment law, public administration"),
    ("en", "Europass language passport"),
    ("fr", "trafic routier, trafic de stupéfiants, trafic d'armes"),
    ("fr", "retour d'expérience et retour sur investissement"),
    ("fr", "migration des données; Médecins sans frontières"),
    ("fr", "libre circulation des marchandises"),
    ("es", "tráfico de drogas, tráfico aéreo y tráfico de influencias"),
    ("es", "retorno de la inversión; migración de datos"),
    ("es", "asilo de ancianos"),
    ("pt", "tráfico de drogas e tráfico rodoviário"),
    ("pt", "retorno sobre o investimento; migração de dados"),
    ("de", "Straßenverkehr, Drogenhandel, Datenmigration"),
    ("it", "traffico stradale, asilo nido, migrazione dei dati"),
]


@pytest.mark.parametrize(("language", "text", "wanted"), MEANT, ids=range(len(MEANT)))
def test_a_topic_is_found_in_the_words_of_the_field(language: str, text: str, wanted: str) -> None:
    strong = {one.topic for one in find_topics(text, language) if one.strength == 1.0}
    assert strong == set(wanted.split())


@pytest.mark.parametrize(("language", "text"), NOT_MEANT, ids=range(len(NOT_MEANT)))
def test_lookalikes_are_no_topic(language: str, text: str) -> None:
    assert find_topics(text, language) == []
    assert find_topics(text) == []


def test_trata_and_trafico_are_told_apart() -> None:
    found = [one.topic for one in find_topics("trata y después tráfico de migrantes", "es")]
    assert found == ["smuggling_of_migrants"]


def test_there_are_the_topics_and_areas_of_the_annex() -> None:
    assert len(topics()) == 24
    assert len(areas()) == 5
    assert {one.area for one in topics()} == {*areas(), None}
    assert all(one.labels.keys() == {"en", "fr", "es", "pt"} for one in topics())


def test_labels_fall_back_to_english() -> None:
    assert label("remittances", "fr") == "Transferts de fonds des migrants"
    assert label("remittances", "xx") == "Remittances"
    assert is_topic("remittances")
    assert not is_topic("payments")
    with pytest.raises(KeyError):
        topic("payments")


def test_nearness_is_symmetric_and_one_for_itself() -> None:
    for one in topics():
        near = related(one.code)
        assert near[one.code] == 1.0
        assert all(0 < value <= 1 for value in near.values())
        assert all(related(other)[one.code] == value for other, value in near.items())


def test_trafficking_is_nearer_to_smuggling_than_to_remittances() -> None:
    near = related("trafficking_in_human_beings")
    assert near["smuggling_of_migrants"] > near.get("remittances", 0.0)


def test_concepts_are_found_in_the_language_of_the_text() -> None:
    found = find_concepts("Pracownik migrujący i prawo pracy", "pl")
    assert {"4562", "557"} <= {one.concept for one in found}
    assert find_concepts("migrant worker", "ru") == []


@given(st.text(max_size=200))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = find_topics(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.start <= second.start for first, second in pairwise(found))
