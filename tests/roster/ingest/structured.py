"""Invented CVs in every structured format, built from one description of a person."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape

Levels = tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """One post; countries by the code that EU systems use, months as (year, month)."""

    title: str
    employer: str
    town: str
    country: str
    country_label: str
    start: tuple[int, int]
    end: tuple[int, int] | None
    current: bool = False
    html: str = "<ul><li>Drafted the asylum act</li><li>Trained&nbsp;border guards</li></ul>"


@dataclass(frozen=True)
class Person:
    """One invented official."""

    family: str
    given: str
    mails: tuple[str, ...]
    nationality: tuple[tuple[str, str], ...]
    """(code, label in the language of the document)."""
    mother: tuple[tuple[str, str, str], ...]
    """(ISO 639-1, ISO 639-2/B, label)."""
    foreign: tuple[tuple[str, str, str, Levels], ...]
    """As `mother`, with the five levels."""
    jobs: tuple[Job, ...]
    born: tuple[int, int, int] = (1979, 4, 3)
    phone: str = "+30 210 555 0142"
    degree: str = "Master of Public Law"
    school: str = "University of Somewhere"
    locale: str = "en"
    extra: tuple[tuple[str, str], ...] = field(default=())
    """(title, HTML) of sections that the person named."""


def passport_xml(person: Person) -> bytes:
    """Return a SkillsPassport of version 3."""
    nationalities = "".join(
        f"<Nationality><Code>{code}</Code><Label>{label}</Label></Nationality>"
        for code, label in person.nationality
    )
    mother = "".join(
        f"<MotherTongue><Description><Code>{code}</Code><Label>{label}</Label></Description>"
        "</MotherTongue>"
        for code, _, label in person.mother
    )
    foreign = "".join(
        f"<ForeignLanguage><Description><Code>{code}</Code><Label>{label}</Label></Description>"
        f"<ProficiencyLevel>{_cells(levels)}</ProficiencyLevel></ForeignLanguage>"
        for code, _, label, levels in person.foreign
    )
    jobs = "".join(_passport_job(job) for job in person.jobs)
    year, month, day = person.born
    extra = "".join(
        f"<Achievement><Title><Code/><Label>{title}</Label></Title>"
        f"<Description>{escape(html)}</Description></Achievement>"
        for title, html in person.extra
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="{person.locale}">
<DocumentInfo><DocumentType>ECV</DocumentType><XSDVersion>V3.3</XSDVersion></DocumentInfo>
<PrintingPreferences><Document type="ECV"><Field name="LearnerInfo" show="true"/></Document>
</PrintingPreferences>
<LearnerInfo><Identification><PersonName><Title><Code>dr</Code><Label>Dr.</Label></Title>
<FirstName>{person.given}</FirstName><Surname>{person.family}</Surname></PersonName>
<ContactInfo><Address><Contact><Municipality>Elsewhere</Municipality><Country><Code>BE</Code>
<Label>Belgium</Label></Country></Contact></Address><Email><Contact>{"; ".join(person.mails)}
</Contact></Email><TelephoneList><Telephone><Contact>{person.phone}</Contact></Telephone>
</TelephoneList></ContactInfo><Demographics>
<Birthdate year="{year}" month="--{month:02d}" day="---{day:02d}"/><Gender><Code>F</Code></Gender>
<NationalityList>{nationalities}</NationalityList></Demographics></Identification>
<Headline><Type><Code>job_applied_for</Code></Type><Description><Label>Minister of Magic</Label>
</Description></Headline>
<WorkExperienceList>{jobs}</WorkExperienceList>
<EducationList><Education><Period><From year="1997"/><To year="2002"/></Period>
<Title>{person.degree}</Title><Organisation><Name>{person.school}</Name></Organisation>
<Level><Code>7</Code><Label>EQF 7</Label></Level></Education></EducationList>
<Skills><Linguistic><MotherTongueList>{mother}</MotherTongueList><ForeignLanguageList>{foreign}
</ForeignLanguageList></Linguistic></Skills><AchievementList>{extra}</AchievementList>
</LearnerInfo><AttachmentList/></SkillsPassport>""".encode()


def _cells(levels: Levels) -> str:
    names = ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing")
    pairs = zip(names, levels, strict=False)
    return "".join(f"<{name}>{level}</{name}>" for name, level in pairs if level)


def _passport_job(job: Job) -> str:
    end = f'<To year="{job.end[0]}" month="--{job.end[1]:02d}"/>' if job.end else ""
    return f"""<WorkExperience><Period><From year="{job.start[0]}" month="--{job.start[1]:02d}"/>
{end}<Current>{str(job.current).lower()}</Current></Period>
<Position><Code>1</Code><Label>{escape(job.title)}</Label></Position>
<Activities>{escape(job.html)}</Activities><Employer><Name>{escape(job.employer)}</Name>
<ContactInfo><Address><Contact><Municipality>{job.town}</Municipality><Country>
<Code>{job.country}</Code><Label>{job.country_label}</Label></Country></Contact></Address>
</ContactInfo><Sector><Code>O</Code><Label>Public administration</Label></Sector></Employer>
</WorkExperience>"""


def learner_xml(person: Person, version: str = "2.0") -> bytes:
    """Return a `europass:learnerinfo` of version 1.0 to 2.0; 1.x holds plain text."""
    old = version.startswith("1")
    nationality = "".join(
        f"<nationality>{label}</nationality>"
        if old
        else f"<nationality><code>{code}</code><label>{label}</label></nationality>"
        for code, label in person.nationality
    )
    jobs = "".join(_learner_job(job, old=old) for job in person.jobs)
    mother = "".join(
        f'<language xsi:type="europass:mother"><code>{code}</code><label>{label}</label></language>'
        for code, _, label in person.mother
    )
    foreign = "".join(
        f'<language xsi:type="europass:foreign"><code>{code}</code><label>{label}</label><level>'
        f"{_cells(levels).lower()}</level></language>"
        for code, _, label, levels in person.foreign
    )
    year, month, day = person.born
    return f"""<europass:learnerinfo locale="{person.locale}_{person.locale.upper()}"
xmlns:europass="http://europass.cedefop.europa.eu/Europass/V{version}"
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<docinfo><issuedate>2010-01-01</issuedate></docinfo>
<prefs><field name="step1.lastName" keep="true"/><field name="nationality"/></prefs>
<identification><firstname>{person.given}</firstname><lastname>{person.family}</lastname>
<contactinfo><address><addressLine>Road 1</addressLine></address><mobile>{person.phone}</mobile>
<email>{", ".join(person.mails)}</email></contactinfo><demographics>
<birthdate>{year}-{month:02d}-{day:02d}</birthdate><gender>F</gender>{nationality}</demographics>
</identification><application><code/><label>Minister of Magic</label></application>
<workexperiencelist>{jobs}</workexperiencelist>
<educationlist><education><period><from><year>1997</year></from><to><year>2002</year></to></period>
<title>{person.degree}</title><organisation><name>{person.school}</name></organisation></education>
</educationlist><languagelist>{mother}{foreign}</languagelist>
<skilllist><skill xsi:type="europass:social">Team work</skill></skilllist>
<misclist><misc xsi:type="europass:additional"/></misclist></europass:learnerinfo>""".encode()


def _learner_job(job: Job, *, old: bool) -> str:
    end = f"<to><year>{job.end[0]}</year><month>--{job.end[1]:02d}</month></to>" if job.end else ""
    current = "<current>true</current>" if job.current else ""
    where = (
        f"<employer>{job.employer}, Road 12, 00184 {job.town}\n{job.country_label}</employer>"
        if old
        else f"<employer><name>{job.employer}</name><address><municipality>{job.town}"
        f"</municipality><country><code>{job.country}</code><label>{job.country_label}</label>"
        "</country></address></employer>"
    )
    title = job.title if old else f"<code/><label>{job.title}</label>"
    return f"""<workexperience><period><from><year>{job.start[0]}</year>
<month>--{job.start[1]:02d}</month></from>{end}{current}</period><position>{title}</position>
<activities>{escape(job.html)}</activities>{where}</workexperience>"""


def passport_json(person: Person) -> bytes:
    """Return a Europass JSON of version 3."""
    year, month, day = person.born
    names = ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing")
    learner = {
        "Identification": {
            "PersonName": {"FirstName": person.given, "Surname": person.family},
            "ContactInfo": {
                "Email": {"Contact": "; ".join(person.mails)},
                "Telephone": [{"Contact": person.phone}],
            },
            "Demographics": {
                "Birthdate": {"Year": year, "Month": month, "Day": day},
                "Nationality": [{"Code": code, "Label": name} for code, name in person.nationality],
            },
        },
        "WorkExperience": [
            {
                "Period": {
                    "From": {"Year": job.start[0], "Month": job.start[1]},
                    **({"To": {"Year": job.end[0], "Month": job.end[1]}} if job.end else {}),
                    "Current": job.current,
                },
                "Position": {"Label": job.title},
                "Activities": job.html,
                "Employer": {
                    "Name": job.employer,
                    "ContactInfo": {
                        "Address": {
                            "Contact": {
                                "Municipality": job.town,
                                "Country": {"Code": job.country, "Label": job.country_label},
                            }
                        }
                    },
                },
            }
            for job in person.jobs
        ],
        "Education": [
            {
                "Period": {"From": {"Year": 1997}, "To": {"Year": 2002}},
                "Title": person.degree,
                "Organisation": {"Name": person.school},
                "Level": {"Code": "7"},
            }
        ],
        "Skills": {
            "Linguistic": {
                "MotherTongue": [
                    {"Description": {"Code": code, "Label": label}}
                    for code, _, label in person.mother
                ],
                "ForeignLanguage": [
                    {
                        "Description": {"Code": code, "Label": label},
                        "ProficiencyLevel": {
                            name: level for name, level in zip(names, levels, strict=False) if level
                        },
                    }
                    for code, _, label, levels in person.foreign
                ],
            }
        },
    }
    whole = {"SkillsPassport": {"Locale": person.locale, "LearnerInfo": learner}}
    return json.dumps(whole, ensure_ascii=False).encode()


_DIMENSIONS = (
    "CEF-Understanding-Listening",
    "CEF-Understanding-Reading",
    "CEF-Speaking-Interaction",
    "CEF-Speaking-Production",
    "CEF-Writing-Production",
)


def candidate_xml(person: Person) -> bytes:
    """Return a `Candidate` of the Europass since 2020."""
    mails = "".join(
        f"<Communication><ChannelCode>Email</ChannelCode><oa:URI>{mail}</oa:URI></Communication>"
        for mail in (*person.mails, person.mails[0].upper())
    )
    mother = "".join(
        f'<PrimaryLanguageCode name="NORMAL">{code}</PrimaryLanguageCode>'
        for _, code, _ in person.mother
    )
    foreign = "".join(
        f'<PersonCompetency><CompetencyID schemeName="NORMAL">{code}</CompetencyID>'
        f"<hr:TaxonomyID>language</hr:TaxonomyID>{_dimensions(levels)}</PersonCompetency>"
        for _, code, _, levels in person.foreign
    )
    nationality = "".join(
        f"<NationalityCode>{code.lower()}</NationalityCode>" for code, _ in person.nationality
    )
    others = "".join(
        f"<Other><Title>{title}</Title><Description>{escape(html)}</Description></Other>"
        for title, html in person.extra
    )
    year, month, day = person.born
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
 xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">
<hr:DocumentID schemeID="Test-0001"/>
<CandidateSupplier><PersonContact><PersonName><oa:GivenName>{person.given}</oa:GivenName>
<hr:FamilyName>{person.family}</hr:FamilyName></PersonName><Communication>
<ChannelCode>Email</ChannelCode><oa:URI>{person.mails[0]}</oa:URI></Communication></PersonContact>
</CandidateSupplier><CandidatePerson><PersonName><oa:GivenName>{person.given}</oa:GivenName>
<hr:FamilyName>{person.family}</hr:FamilyName></PersonName>{mails}
<Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>30</CountryDialing>
<oa:DialNumber>2105550142</oa:DialNumber></Communication><Communication><UseCode>home</UseCode>
<Address><oa:CityName>Elsewhere</oa:CityName><CountryCode>be</CountryCode></Address></Communication>
{nationality}<hr:BirthDate>{year}-{month:02d}-{day:02d}</hr:BirthDate><GenderCode>male</GenderCode>
{mother}<LegalDocument><hr:ID>XA1234567</hr:ID></LegalDocument></CandidatePerson>
<CandidateProfile languageCode="{person.locale}"><EmploymentHistory>
{"".join(_candidate_employers(person.jobs))}</EmploymentHistory><EducationHistory>
<EducationOrganizationAttendance><hr:OrganizationName>{person.school}</hr:OrganizationName>
<EducationLevelCode>7</EducationLevelCode><AttendancePeriod><StartDate>
<hr:FormattedDateTime>1997</hr:FormattedDateTime></StartDate><EndDate>
<hr:FormattedDateTime>2002</hr:FormattedDateTime></EndDate><Ongoing>false</Ongoing>
</AttendancePeriod><EducationDegree><hr:DegreeName>{person.degree}</hr:DegreeName>
</EducationDegree></EducationOrganizationAttendance></EducationHistory><PersonQualifications>
{foreign}<PersonCompetency><CompetencyID>http://data.europa.eu/esco/skill/1</CompetencyID>
<hr:TaxonomyID>other</hr:TaxonomyID></PersonCompetency></PersonQualifications>
<EmploymentReferences><Referee><Name>John Referee</Name></Referee></EmploymentReferences>
<Others>{others}</Others></CandidateProfile><RenderingInformation/></Candidate>""".encode()


def _dimensions(levels: Levels) -> str:
    return "".join(
        f"<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>{name}"
        f"</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>{level}</hr:ScoreText>"
        "</eures:Score></eures:CompetencyDimension>"
        for name, level in zip(_DIMENSIONS, levels, strict=False)
    )


def _candidate_employers(jobs: tuple[Job, ...]) -> list[str]:
    """Put the posts of one employer into one `EmployerHistory`."""
    grouped: dict[tuple[str, str, str], list[Job]] = {}
    for job in jobs:
        grouped.setdefault((job.employer, job.town, job.country), []).append(job)
    return [
        f"""<EmployerHistory><hr:OrganizationName>{escape(name)}</hr:OrganizationName>
<OrganizationContact><Communication><Address><oa:CityName>{town}</oa:CityName>
<CountryCode>{country.lower()}</CountryCode></Address></Communication></OrganizationContact>
{"".join(_candidate_position(job) for job in held)}</EmployerHistory>"""
        for (name, town, country), held in grouped.items()
    ]


def _candidate_position(job: Job) -> str:
    end = (
        f"<eures:EndDate><hr:FormattedDateTime>{job.end[0]}-{job.end[1]:02d}"
        "</hr:FormattedDateTime></eures:EndDate>"
        if job.end
        else ""
    )
    return f"""<PositionHistory><PositionTitle typeCode="FREETEXT">{escape(job.title)}
</PositionTitle><eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>
{job.start[0]}-{job.start[1]:02d}</hr:FormattedDateTime></eures:StartDate>{end}
<hr:CurrentIndicator>{str(job.current).lower()}</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>{escape(job.html)}</oa:Description></PositionHistory>"""
