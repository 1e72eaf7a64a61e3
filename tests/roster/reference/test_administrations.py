from datetime import date

import pytest

from roster.reference.administrations import employer_kind, kind_of
from roster.vocabulary import AdministrationKind as K
from roster.vocabulary import ExpertKind as E

NAMES = [
    ("Serviço de Estrangeiros e Fronteiras (SEF)", K.IMMIGRATION_ASYLUM),
    ("AIMA", K.IMMIGRATION_ASYLUM), ("OFPRA", K.IMMIGRATION_ASYLUM), ("OFII", K.IMMIGRATION_ASYLUM),
    ("BAMF", K.IMMIGRATION_ASYLUM), ("IND", K.IMMIGRATION_ASYLUM), ("UDI", K.IMMIGRATION_ASYLUM),
    ("Bundesamt für Migration und Flüchtlinge", K.IMMIGRATION_ASYLUM),
    ("Finnish Immigration Service", K.IMMIGRATION_ASYLUM),
    ("Ministry of the Interior, Border Police Department", K.BORDER_POLICE),
    ("Police aux frontières", K.BORDER_POLICE), ("Straż Graniczna", K.BORDER_POLICE),
    ("Ministère de l'Intérieur", K.INTERIOR), ("وزارة الداخلية", K.INTERIOR),
    ("Министерство внутренних дел", K.INTERIOR), ("Ministero dell'Interno", K.INTERIOR),
    ("Polícia Judiciária", K.POLICE), ("Bundeskriminalamt", K.POLICE),
    ("Ministry of Foreign Affairs of Senegal", K.FOREIGN_AFFAIRS),
    ("Embajada de España en Mali", K.FOREIGN_AFFAIRS),
    ("Ministerio de Trabajo", K.LABOUR), ("IEFP", K.EMPLOYMENT_SERVICE),
    ("Tribunal administratif de Paris", K.JUSTICE), ("Staatsanwaltschaft Wien", K.JUSTICE),
    ("Statistics Norway", K.STATISTICS), ("Instituto Nacional de Estadística", K.STATISTICS),
    ("Câmara Municipal de Lisboa", K.LOCAL_GOVERNMENT), ("Douanes françaises", K.CUSTOMS),
    ("ECOWAS Commission", K.REGIONAL_BODY), ("Ombudsman", K.HUMAN_RIGHTS),
    ("Ministry of Defence", K.OTHER),
    ("Universidad Complutense de Madrid", None), ("IOM Ghana", None), ("Caritas", None),
    ("ABC Consulting GmbH", None), ("Acme", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), NAMES, ids=[name for name, _ in NAMES])
def test_the_discipline_is_told_by_the_name(name: str, kind: K | None) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Home Office", "PT", E.EU_ADMINISTRATION),
        ("Ghana Immigration Service", "GH", E.NON_EU_ADMINISTRATION),
        ("Universidade de Lisboa", "PT", E.ACADEMIA),
        ("UNHCR Regional Office", "SN", E.INTERNATIONAL_ORGANISATION),
        ("European Commission, DG HOME", "BE", E.INTERNATIONAL_ORGANISATION),
        ("ICMPD", None, E.INTERNATIONAL_ORGANISATION),
        ("Danish Refugee Council", "DK", E.NGO),
        ("Freelance", None, E.PRIVATE_CONSULTANT),
        ("ABC Consulting GmbH", "DE", E.PRIVATE_CONSULTANT),
        ("Ministry of the Interior", None, None),
        ("Acme", "FR", None),
        ("", "FR", None),
    ],
)
def test_the_kind_of_expert_follows_the_employer(
    name: str, country: str | None, kind: E | None
) -> None:
    assert employer_kind(name, country, date(2016, 1, 1)) is kind


def test_membership_counts_at_the_day() -> None:
    assert employer_kind("Home Office", "GB", date(2018, 1, 1)) is E.EU_ADMINISTRATION
    assert employer_kind("Home Office", "GB", date(2021, 1, 1)) is E.NON_EU_ADMINISTRATION
    assert employer_kind("Home Office", "GB", None) is None
    assert employer_kind("Ministère de l'Intérieur", "FR", None) is E.EU_ADMINISTRATION
