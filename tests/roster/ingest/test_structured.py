from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from roster.dates import PartialDate, Period
from roster.errors import FileRefused, FileTooLarge
from roster.ingest.assembly import assemble
from roster.ingest.formats.europass import parse
from roster.ingest.formats.field_lines import Form, country_name, language_name
from roster.ingest.profile import read_profile
from roster.ingest.sandbox.kinds import inspect
from roster.ingest.text import read_raw
from roster.read import (
    BirthYear,
    Contact,
    DocumentText,
    Education,
    ExtractedProfile,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
)
from roster.reference import countries, languages
from roster.vocabulary import FactKind, LanguageLevel
from tests.roster.ingest.documents import pdf_of
from tests.roster.ingest.structured import (
    Job,
    Person,
    candidate_xml,
    learner_xml,
    passport_json,
    passport_xml,
)

TODAY = date(2026, 11, 22)
EU = {"UK": "GB", "EL": "GR"}

GREEK = Person(
    "ΠΑΠΑΔΑΚΗ-Vella",
    "Ελένη",
    ("eleni.vella@migration.example", "eleni@home.example"),
    (("EL", "Ελληνική"), ("MT", "Μαλτέζικη")),
    (("el", "gre", "ελληνικά"),),
    (
        ("en", "eng", "αγγλικά", ("C2", "C2", "C1", "C1", "C1")),
        ("fr", "fre", "γαλλικά", ("B1", "B2", "A2", "B1", "A2")),
    ),
    (
        Job("Προϊσταμένη Τμήματος", "Υπουργείο Μετανάστευσης και Ασύλου", "Αθήνα", "EL", "Ελλάδα",
            (2019, 9), None, current=True),
        Job("Case officer | Dublin unit", "Υπηρεσία Ασύλου", "Αθήνα", "EL", "Ελλάδα",
            (2013, 4), (2019, 8)),
        Job("Liaison officer", "Home Office", "London", "UK", "Ηνωμένο Βασίλειο",
            (2009, 1), (2013, 3)),
    ),
    locale="el",
)  # fmt: skip
ROMANIAN = Person(
    "Ștefănescu",
    "Ion-Marian",
    ("im.stefanescu@igi.example",),
    (("RO", "română"),),
    (("ro", "rum", "română"), ("hu", "hun", "maghiară")),
    (
        ("en", "eng", "engleză", ("C1", "C1", "B2", "B2", "")),
        ("ru", "rus", "rusă", ("A2", "A2", "A2", "", "")),
    ),
    (
        Job("Șef serviciu migrație", "Inspectoratul General pentru Imigrări", "București", "RO",
            "România", (2020, 2), None, current=False),
        Job("Expert, TAIEX mission", "Ministerul Afacerilor Interne, Direcția Schengen",
            "Chișinău", "MD", "Republica Moldova", (2012, 5), (2020, 1)),
    ),
    locale="ro",
)  # fmt: skip
BULGARIAN = Person(
    "Георгиева",
    "Мария",
    ("m.georgieva@mvr.example",),
    (("BG", "българско"),),
    (("bg", "bul", "български"),),
    (("de", "ger", "немски", ("B2", "C1", "B2", "B2", "B1")),),
    (
        Job("Началник отдел", "Държавна агенция за бежанците", "София", "BG", "България",
            (2016, 7), None, current=True),
        Job("Експерт", "EULEX", "Pristina", "XK", "Косово", (2011, 1), (2016, 6)),
    ),
    locale="bg",
)  # fmt: skip
POLISH = Person(
    "Wiśniewska-Öztürk",
    "Małgorzata Łucja",
    ("m.wisniewska@udsc.example",),
    (("PL", "polskie"), ("TR", "tureckie")),
    (("pl", "pol", "polski"),),
    (
        ("cs", "cze", "czeski", ("B2", "B2", "B2", "B2", "B2")),
        ("sq", "alb", "albański", ("A1", "A1", "A1", "A1", "A1")),
        ("zh", "chi", "chiński", ("A2", "A2", "B1", "A2", "A1")),
        ("nl", "dut", "niderlandzki", ("C1", "C1", "C1", "C1", "C1")),
        ("ka", "geo", "gruziński", ("B1", "B1", "B1", "B1", "B1")),
    ),
    (
        Job("Naczelnik wydziału", "Urząd do Spraw Cudzoziemców", "Warszawa", "PL", "Polska",
            (2018, 10), None, current=True),
        Job("Radca", "Urząd do Spraw Cudzoziemców", "Warszawa", "PL", "Polska",
            (2008, 3), (2018, 9)),
    ),
    locale="pl",
)  # fmt: skip
PEOPLE = {"el": GREEK, "ro": ROMANIAN, "bg": BULGARIAN, "pl": POLISH}
WRITERS: dict[str, Callable[[Person], bytes]] = {
    "passport xml": passport_xml,
    "passport json": passport_json,
    "candidate": candidate_xml,
    "learnerinfo 2.0": learner_xml,
    "learnerinfo 1.2": lambda person: learner_xml(person, "1.2"),
}


def read(data: bytes) -> tuple[DocumentText, ExtractedProfile]:
    text = assemble(read_raw(data, inspect(data).format), "text/plain")
    return text, read_profile(text, today=TODAY)


def of_shape(profile: ExtractedProfile, shape: type) -> list:  # type: ignore[type-arg]
    return [fact.value for fact in profile.facts if type(fact.value) is shape]


@pytest.fixture(params=[(w, p) for w in WRITERS for p in PEOPLE], ids=" ".join)
def case(request: pytest.FixtureRequest) -> tuple[str, Person, DocumentText, ExtractedProfile]:
    writer, language = request.param
    person = PEOPLE[language]
    return (writer, person, *_read_once(writer, language))


@cache
def _read_once(writer: str, language: str) -> tuple[DocumentText, ExtractedProfile]:
    return read(WRITERS[writer](PEOPLE[language]))


Case = tuple[str, Person, DocumentText, ExtractedProfile]


def test_who_it_is_comes_back_whole(case: Case) -> None:
    _, person, _, profile = case
    (name,) = of_shape(profile, Name)
    assert name.given == person.given
    assert name.family is not None
    assert name.family.lower() == person.family.lower()
    mails = [fact.value for fact in profile.of(FactKind.EMAIL)]
    assert mails == [Contact(mail) for mail in person.mails]
    assert of_shape(profile, BirthYear) == [BirthYear(1979)]
    (phone,) = profile.of(FactKind.TELEPHONE)
    assert isinstance(phone.value, Contact)
    assert phone.value.value.replace(" ", "") == "+302105550142"


def test_the_language_of_the_cv_is_the_one_the_file_says(case: Case) -> None:
    _, person, text, _ = case
    assert text.language == person.locale


def test_nationalities_come_back_by_their_codes(case: Case) -> None:
    writer, person, _, profile = case
    found = of_shape(profile, Nationality)
    wanted = [Nationality(EU.get(code, code)) for code, _ in person.nationality]
    if writer == "learnerinfo 1.2":  # Plain text in any language: known, or absent.
        assert set(found) <= set(wanted)
    else:
        assert found == wanted


def test_languages_come_back_with_every_level(case: Case) -> None:
    _, person, _, profile = case
    found = {one.language: one for one in of_shape(profile, LanguageSkill)}
    assert set(found) == {one[0] for one in (*person.mother, *person.foreign)}
    for code, _, _ in person.mother:
        assert found[code].level is LanguageLevel.NATIVE
    for code, _, _, cells in person.foreign:
        one = found[code]
        wanted = [LanguageLevel(cell) if cell else None for cell in cells]
        spoken = [level for level in wanted[2:4] if level is not None]
        assert (one.listening, one.reading, one.writing) == (wanted[0], wanted[1], wanted[4])
        assert one.speaking is min(spoken, key=lambda level: level.rank)
        assert one.level is one.speaking


def test_posts_come_back_with_employer_place_and_time(case: Case) -> None:
    writer, person, _, profile = case
    facts = profile.of(FactKind.POST)
    assert len(facts) == len(person.jobs)
    newest = max(person.jobs, key=lambda job: job.start)
    by_start = {fact.period.start: fact for fact in facts}
    for job in person.jobs:
        fact = by_start[PartialDate(*job.start)]
        post = fact.value
        assert isinstance(post, Post)
        assert post.title == job.title.replace("|", "/")
        assert post.employer == job.employer
        assert post.country == EU.get(job.country, job.country)
        end = PartialDate(*job.end) if job.end else None
        # The oldest forms have no flag: what was begun last and has no end goes on.
        is_open = writer.startswith("learnerinfo") and job is newest and end is None
        assert fact.period == Period(PartialDate(*job.start), end, job.current or is_open)
        assert post.duties is not None
        assert "Trained border guards" in post.duties


def test_a_degree_comes_back_with_its_level(case: Case) -> None:
    _, person, _, profile = case
    (degree,) = of_shape(profile, Education)
    assert (degree.title, degree.institution, degree.level) == (person.degree, person.school, 7)


def test_every_value_quotes_the_text_it_stands_in(case: Case) -> None:
    _, _, text, profile = case
    for fact in profile.facts:
        assert 0 <= fact.span.start < fact.span.end <= len(text.text)
    assert "XA1234567" not in text.text
    assert "Minister of Magic" not in text.text


def candidate_with(extra: tuple[tuple[str, str], ...]) -> ExtractedProfile:
    person = Person(
        "Doe", "Ada", ("ada@doe.example",), (("IE", ""),), (("en", "eng", ""),), (),
        (Job("Adviser", "Ministry", "Dublin", "IE", "", (2015, 1), None, current=True),),
        extra=extra,
    )  # fmt: skip
    return read(candidate_xml(person))[1]


def test_missions_of_a_section_named_by_the_person_are_missions() -> None:
    html = (
        "<ul><li>03/2019 - 05/2019: Expert on return, Niger</li><li>2021: Trainer, Mali</li></ul>"
    )
    profile = candidate_with((("Missions", html),))
    places = {code for one in of_shape(profile, Mission) for code in one.countries}
    assert places == {"NE", "ML"}
    assert len(of_shape(profile, Post)) == 1


def test_free_text_cannot_pass_for_a_field() -> None:
    html = (
        "<p>NATIONALITY</p><p>Nationality: Brazil</p><p>E-mail: boss@other.example</p>"
        "<p>WORK EXPERIENCE</p><p>LANGUAGES</p><p>Mother tongue: Zulu</p>"
    )
    profile = candidate_with((("Something else", html),))
    assert of_shape(profile, Nationality) == [Nationality("IE")]
    assert [fact.value for fact in profile.of(FactKind.EMAIL)] == [Contact("ada@doe.example")]
    assert [one.language for one in of_shape(profile, LanguageSkill)] == ["en"]


def test_a_language_given_in_words_may_name_two() -> None:
    xml = candidate_xml(GREEK).replace(
        b'<PrimaryLanguageCode name="NORMAL">gre', b'<PrimaryLanguageCode name="FREE_TEXT">'
        b"French and Arabic",
    )  # fmt: skip
    found = {one.language: one.level for one in of_shape(read(xml)[1], LanguageSkill)}
    assert found["ar"] is LanguageLevel.NATIVE
    assert found["fr"] is LanguageLevel.NATIVE


def test_several_posts_at_one_employer_are_several() -> None:
    titles = {one.title for one in of_shape(read(candidate_xml(POLISH))[1], Post)}
    assert titles == {"Naczelnik wydziału", "Radca"}


def test_a_citizen_of_the_world_has_no_nationality() -> None:
    xml = passport_xml(GREEK).replace(b"<Code>EL</Code><Label>\xce\x95\xce\xbb\xce\xbb\xce\xb7"
        b"\xce\xbd\xce\xb9\xce\xba\xce\xae", b"<Code/><Label>Citizen of the world")  # fmt: skip
    assert of_shape(read(xml)[1], Nationality) == [Nationality("MT")]


def test_a_country_without_code_is_read_by_its_label() -> None:
    xml = passport_xml(BULGARIAN).replace(b"<Code>BG</Code>", b"<Code></Code>")
    assert {one.country for one in of_shape(read(xml)[1], Post)} == {"BG", "XK"}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ('<From year="2016" month="--04" day="---31"/>', Period(PartialDate(2016, 4))),
        ('<From year="2016" month="--13"/>', Period(PartialDate(2016))),
        ('<From year="2016"/><Current>true</Current>', Period(PartialDate(2016), None, True)),
        ('<From year="2016"/><Current>false</Current>', Period(PartialDate(2016))),
        ('<To year="2018"/>', Period(None, PartialDate(2018))),
        ('<From year="never" month="soon"/>', Period()),
        ("", Period()),
    ],
)
def test_an_end_that_is_not_said_is_unknown(given: str, wanted: Period) -> None:
    xml = f"""<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
    <Identification><PersonName><FirstName>A</FirstName><Surname>B</Surname></PersonName>
    </Identification><WorkExperienceList><WorkExperience><Period>{given}</Period>
    <Position><Label>Adviser</Label></Position></WorkExperience></WorkExperienceList>
    </LearnerInfo></SkillsPassport>"""
    (post,) = read(xml.encode())[1].of(FactKind.POST)
    assert post.period == wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_passport_of_any_encoding_is_read(encoding: str) -> None:
    words = passport_xml(GREEK).decode().replace('encoding="UTF-8"', "")
    (name,) = of_shape(read(words.encode(encoding))[1], Name)
    assert name.given == "Ελένη"


def pdf_with(*attachments: tuple[str, bytes]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of())))
    for name, content in attachments:
        writer.add_attachment(name, content)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "attachments",
    [
        pytest.param([("attachment.xml", candidate_xml(POLISH))], id="candidate"),
        pytest.param([("Europass-XML-Attachment.xml", passport_xml(POLISH))], id="passport"),
        pytest.param(
            [
                ("diploma.pdf", pdf_of()),
                ("other.xml", b"<?xml version='1.0'?><invoice/>"),
                ("/srv/x/attachment.xml", candidate_xml(POLISH)),
                ("copy.xml", candidate_xml(POLISH)),
            ],
            id="among others, twice",
        ),
    ],
)
def test_a_cv_attached_to_a_pdf_wins_over_its_pages(attachments: list[tuple[str, bytes]]) -> None:
    _, profile = read(pdf_with(*attachments))
    (name,) = of_shape(profile, Name)
    assert name.family == "Wiśniewska-Öztürk"
    assert len(of_shape(profile, Post)) == 2


def test_a_damaged_attachment_leaves_the_pages() -> None:
    _, profile = read(pdf_with(("attachment.xml", candidate_xml(POLISH)[:-400])))
    (name,) = of_shape(profile, Name)
    assert name.family == "Kowalczyk-Olsen"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(
            b"<?xml version='1.0'?><!DOCTYPE SkillsPassport SYSTEM 'http://x/y.dtd'>"
            b"<SkillsPassport/>",
            "definitions of its own",
            id="outside definitions",
        ),
        pytest.param(
            b"<?xml version='1.0'?><!DOCTYPE Candidate [<!ENTITY a 'b'>]><Candidate>&a;"
            b"</Candidate>",
            "definitions of its own",
            id="entity",
        ),
        pytest.param(b"<SkillsPassport><LearnerInfo>", "damaged", id="cut off"),
        pytest.param(b"<SkillsPassport xmlns='europass.cedefop'/>", "holds no CV", id="empty"),
        pytest.param(b"[" * 100_000, "damaged", id="deep list"),
        pytest.param(b'{"basics": ' * 50_000, "damaged", id="deep object"),
        pytest.param(b'{"order": {"items": []}}', "neither a JSON Resume", id="other json"),
        pytest.param(b'{"name": "Ada", "version": "1.0"}', "neither a JSON Resume", id="package"),
    ],
)
def test_what_is_no_cv_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<Candidate>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Candidate>", id="deep"),
        pytest.param(b"<Candidate>" + b"<a/>" * 300_000 + b"</Candidate>", id="endless"),
    ],
)
def test_xml_far_beyond_a_cv_is_refused(data: bytes) -> None:
    with pytest.raises(FileTooLarge, match="nested or repeats itself"):
        parse(data)


RESUME: dict[str, object] = {
    "basics": {
        "name": "Inês Tavares-Roque",
        "label": "Técnica superior",
        "email": "ines.tavares@sef.example",
        "phone": "+351 21 555 01 99",
        "location": {"city": "Lisboa", "countryCode": "PT"},
    },
    "work": [
        {"company": "Serviço de Estrangeiros", "position": "Chefe de divisão",
         "startDate": "2018-05", "location": "Lisboa, Portugal", "highlights": ["Vistos"]},
        {"name": "OIM", "position": "Consultora", "startDate": "Mar 2014",
         "endDate": "abril de 2018", "location": "Praia, Cabo Verde"},
    ],
    "education": [{"institution": "Universidade do Porto", "studyType": "Mestrado",
                   "area": "Direito", "endDate": "2009"}],
    "languages": [{"language": "Português", "fluency": "língua materna"},
                  {"language": "Francês", "fluency": "C1"},
                  {"language": "Crioulo cabo-verdiano"}, "Espanhol (B2)"],
}  # fmt: skip


def test_a_json_resume_is_read_field_by_field() -> None:
    _, profile = read(json.dumps(RESUME).encode())
    assert profile.form == "json-resume"
    assert of_shape(profile, Name) == [Name("Inês Tavares-Roque", "Inês", "Tavares-Roque")]
    assert not of_shape(profile, Nationality)
    found = {one.language: one.level for one in of_shape(profile, LanguageSkill)}
    assert found["pt"] is LanguageLevel.NATIVE
    assert found["fr"] is LanguageLevel.C1
    assert found["es"] is LanguageLevel.B2
    posts = {fact.value.employer: fact for fact in profile.of(FactKind.POST)}  # type: ignore[union-attr]
    now, before = posts["Serviço de Estrangeiros"], posts["OIM"]
    assert now.period == Period(PartialDate(2018, 5), None, True)
    assert before.period == Period(PartialDate(2014, 3), PartialDate(2018, 4))
    assert [fact.value.country for fact in (now, before)] == ["PT", "CV"]  # type: ignore[union-attr]
    (degree,) = of_shape(profile, Education)
    assert degree.level == 7


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda given: {"resume": given}, id="under a key"),
        pytest.param(lambda given: [given], id="in a list"),
        pytest.param(lambda given: {**given["basics"], **given}, id="flat beside basics"),
        pytest.param(
            lambda _: {
                "firstName": "Inês", "lastName": "Tavares-Roque",
                "experience": [{"title": "Chefe de divisão", "company": "OIM",
                                "from": "2018", "to": "present"}],
            },
            id="private keys",
        ),
    ],
)  # fmt: skip
def test_private_variants_of_json_resume_are_read(wrap: Callable[[object], object]) -> None:
    _, profile = read(json.dumps(wrap(RESUME)).encode())
    (name,) = of_shape(profile, Name)
    assert name.family == "Tavares-Roque"
    assert any(fact.period.ongoing for fact in profile.of(FactKind.POST))


def test_an_hr_open_candidate_is_read() -> None:
    given = {
        "person": {
            "name": {"given": "Jānis", "family": "Ozols"},
            "communication": {
                "email": [{"address": "janis.ozols@pmlp.example"}],
                "phone": [{"formattedNumber": "+371 6755 0101"}],
            },
            "nationality": ["LV"],
        },
        "profiles": [
            {
                "employment": [
                    {
                        "organization": {"name": "Citizenship Office"},
                        "positionHistories": [
                            {"title": "Head of Unit", "start": "2017-02", "current": True,
                             "location": {"city": "Riga", "countryCode": "LV"}},
                            {"title": "Officer", "start": "2010", "end": "2017-01"},
                        ],
                    }
                ],
                "languages": [{"languageCode": "lav", "proficiency": "native"},
                              {"languageCode": "ger", "proficiency": "B2"}],
                "education": [{"institution": {"name": "University of Latvia"},
                               "degreeName": "Bachelor of Laws", "end": "2009"}],
            }
        ],
    }  # fmt: skip
    _, profile = read(json.dumps(given).encode())
    assert of_shape(profile, Name) == [Name("Jānis Ozols", "Jānis", "Ozols")]
    assert of_shape(profile, Nationality) == [Nationality("LV")]
    found = {one.language: one.level for one in of_shape(profile, LanguageSkill)}
    assert found == {"lv": LanguageLevel.NATIVE, "de": LanguageLevel.B2}
    posts = profile.of(FactKind.POST)
    assert [fact.value.title for fact in posts] == ["Head of Unit", "Officer"]  # type: ignore[union-attr]
    assert [fact.period.ongoing for fact in posts] == [True, False]


def test_every_country_and_language_survives_the_form() -> None:
    for code in countries.codes():
        assert countries.code_for(country_name(code)) == code
    official = {
        each
        for code in countries.codes()
        for each in languages.official_in(code)
        if languages.code_for(each)
    }
    for code in official:
        assert languages.code_for(language_name(code)) == ("no" if code == "nb" else code)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_value_of_a_form_makes_a_line_or_cell_of_its_own(label: str, value: str) -> None:
    form = Form(["CURRICULUM VITAE"])
    form.field("E-mail", "own@post.example")
    form.heading("Work experience")
    form.record(("Dates", "2016 – present"), ("Position", value), ("Employer", "Ministry"))
    form.titled(label, value)
    text = assemble(form.text("europass/2"), "application/xml")
    profile = read_profile(text)
    assert [fact.value for fact in profile.of(FactKind.EMAIL)] == [Contact("own@post.example")]
    (post, *_) = profile.of(FactKind.POST)
    assert isinstance(post.value, Post)
    assert post.value.employer == "Ministry"
