"""PDF pages of invented people, drawn word by word: columns, LinkedIn prints, ruled tables."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

PAGE = (612.0, 792.0)
SIDE_LEFT, MAIN_LEFT = 22.0, 224.0


@dataclass(frozen=True)
class Word:
    """A line of text with its place from the page's top left."""

    x: float
    y: float
    text: str
    size: float = 10.0
    page: int = 0
    font: str = "Helvetica"


def drawn(words: Sequence[Word], *, seed: int | None = None, link: str = "") -> bytes:
    """Return a PDF of these words; a seed draws those of each page in another order."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE)
    for number in range(max(word.page for word in words) + 1):
        here = [word for word in words if word.page == number]
        if seed is not None:
            random.Random(seed).shuffle(here)  # noqa: S311 - a seeded order for a test
        for word in here:
            canvas.setFont(word.font, word.size)
            canvas.drawString(word.x, PAGE[1] - word.y, word.text)
        if link and number == 0:
            canvas.linkURL(link, (50, 700, 120, 712))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def column(x: float, y: float, lines: Sequence[str], *, step: float = 13.0) -> list[Word]:
    """Return lines one under the other; those in capitals are set larger, as headings are."""
    return [
        Word(x, y + step * number, line, 13.0 if line.isupper() and len(line) > 3 else 10.0)
        for number, line in enumerate(lines)
        if line
    ]


@dataclass(frozen=True)
class Job:
    """An employer with the titles held there: (title, dates, place, duties)."""

    employer: str
    titles: tuple[tuple[str, str, str, str], ...]
    length: str = ""


@dataclass(frozen=True)
class Profile:
    """An invented LinkedIn profile and the words of the site's language."""

    name: str
    headline: tuple[str, ...]
    place: str
    contact: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    jobs: tuple[Job, ...]
    schools: tuple[tuple[str, str], ...]
    words: tuple[str, str, str, str, str, str] = (
        "Contact",
        "Top Skills",
        "Languages",
        "Summary",
        "Experience",
        "Education",
    )
    summary: tuple[str, ...] = ("Twenty years of work on asylum and return.",)


def linkedin_pdf(profile: Profile, *, seed: int | None = None) -> bytes:
    """Return the profile as LinkedIn's "Save to PDF" lays it out."""
    contact, skills, languages, summary, experience, education = profile.words
    words = [Word(SIDE_LEFT, 40, contact, 13)]
    words += column(SIDE_LEFT, 58, profile.contact, step=14)
    y = 58 + 14 * len(profile.contact) + 24
    words.append(Word(SIDE_LEFT, y, skills, 13))
    words += column(SIDE_LEFT, y + 18, ("Policy analysis", "Case management", "Negotiation"))
    y += 85
    words.append(Word(SIDE_LEFT, y, languages, 13))
    for name, level in profile.languages:
        words.append(Word(SIDE_LEFT, y + 18, f"{name} ({level})", 10.5))
        y += 16
    words += _main(profile, summary, experience, education)
    pages = max(word.page for word in words) + 1
    feet = [Word(380, 775, f"Page {at + 1} of {pages}", 9, at) for at in range(pages)]
    return drawn([*words, *feet], seed=seed)


def _main(profile: Profile, summary: str, experience: str, education: str) -> list[Word]:
    words = [Word(MAIN_LEFT, 60, profile.name, 26)]
    y = 80.0
    for line in (*profile.headline, profile.place):
        words.append(Word(MAIN_LEFT, y, line, 12))
        y += 15
    y += 20
    words.append(Word(MAIN_LEFT, y, summary, 15.75))
    for line in profile.summary:
        y += 18
        words.append(Word(MAIN_LEFT, y, line, 12))
    y += 40
    words.append(Word(MAIN_LEFT, y, experience, 15.75))
    page = 0
    for job in profile.jobs:
        page, y = (page + 1, 50.0) if y > 610 else (page, y + 30)
        found, y = _job(job, y, page)
        words += found
    y += 36
    words.append(Word(MAIN_LEFT, y, education, 15.75, page))
    for school, degree in profile.schools:
        words.append(Word(MAIN_LEFT, y + 26, school, 12, page))
        words.append(Word(MAIN_LEFT, y + 42, degree, 10.5, page))
        y += 44
    return words


def _job(job: Job, y: float, page: int) -> tuple[list[Word], float]:
    words = [Word(MAIN_LEFT, y, job.employer, 12, page)]
    if job.length:
        y += 16
        words.append(Word(MAIN_LEFT, y, job.length, 11.5, page))
    for title, dates, place, duties in job.titles:
        for text, size, step in (
            (title, 11.5, 16),
            (dates, 10.5, 15),
            (place, 10.5, 15),
            (duties, 10.5, 24),
        ):
            if text:
                y += step
                words.append(Word(MAIN_LEFT, y, text, size, page))
        y += 8
    return words, y


ENGLISH = Profile(
    name="Oluwaseun Brandt-Adeyemi",
    headline=("Head of Unit for Returns at the Agency for Foreigners, expert in", "readmission"),
    place="Greater Hamburg Area",
    contact=("o.brandt@mail.example", "www.linkedin.com/in/oluwaseun-", "brandt-0a1b2 (LinkedIn)"),
    languages=(
        ("English", "Native or Bilingual"),
        ("German", "Full Professional"),
        ("French", "Limited Working"),
    ),
    jobs=(
        Job(
            "Agency for Foreigners",
            (
                (
                    "Head of Unit, Returns",
                    "March 2016 - Present (10 years 8 months)",
                    "Hamburg, Germany",
                    "Leads the unit for voluntary return and reintegration.",
                ),
                ("Case Officer", "May 2011 - February 2016 (4 years 10 months)", "", ""),
            ),
            "15 years 6 months",
        ),
        Job(
            "Ministry of Interior",
            (
                (
                    "Policy Adviser",
                    "September 2006 - April 2011 (4 years 8 months)",
                    "Abuja, Nigeria",
                    "Drafted the first national migration policy.",
                ),
            ),
        ),
    ),
    schools=(("University of Lagos", "Bachelor of Laws, Law · (2000 - 2004)"),),
)

FRENCH = Profile(
    name="Maëlys Traoré-Lindqvist",
    headline=("Conseillère migration",),
    place="Bamako, Mali",
    contact=("+223 20 00 00 00", "maelys.tl@courriel.example", "www.linkedin.com/in/maelystl"),
    languages=(("Français", "Native or Bilingual"), ("Bambara", "Elementary")),
    jobs=(
        Job(
            "Direction générale de la police",
            (("Commissaire", "janvier 2018 - Present (8 ans 11 mois)", "Bamako, Mali", ""),),
        ),
        Job(
            "Ministère de la Justice",
            (("Magistrate", "septembre 2009 - décembre 2017 (8 ans 4 mois)", "", ""),),
        ),
    ),
    schools=(("Université de Bamako", "Maîtrise, Droit · (2004 - 2008)"),),
    words=(
        "Coordonnées",
        "Principales compétences",
        "Languages",
        "Résumé",
        "Expérience",
        "Formation",
    ),
)
