"""Scans of invented CVs, drawn for the tests: grey, noisy, askew, in several alphabets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from api import doctor

DPI = 200
PAGE = (1654, 1250)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
ENGLISH = (
    "Siobhan Connell",
    "siobhan.connell@mail.example",
    "Nationality: Irish",
    "WORK EXPERIENCE",
    "03/2015 - present",
    "Head of Unit, Legal Migration",
    "Department of Justice, Dublin, Ireland",
    "Drafting of legislation on residence permits and visa policy for third countries.",
    "LANGUAGES",
    "English: mother tongue",
    "French: C1",
)
FRENCH = (
    "Hélène Lefèvre-Béranger",
    "helene.lefevre@courriel.example",
    "Nationalité : française",
    "EXPÉRIENCE PROFESSIONNELLE",
    "03/2015 - à ce jour",
    "Cheffe du bureau de l'asile",
    "Ministère de l'Intérieur, Paris, France",
    "Élaboration de la politique d'intégration et coopération avec les pays d'Afrique.",
    "LANGUES",
    "Français : langue maternelle",
    "Anglais : C1",
)
RUSSIAN = (
    "Иванова Наталья Сергеевна",
    "Гражданство: Республика Молдова",
    "ОПЫТ РАБОТЫ",
    "03/2015 - настоящее время",
    "Начальник отдела реадмиссии",
    "Министерство внутренних дел, Кишинев, Молдова",
    "Разработка политики в области реадмиссии и возвращения граждан, работа с данными.",
    "ЯЗЫКИ",
    "Русский: родной",
)


def page(lines: Sequence[str], *, skew: float = 0.0, turn: int = 0) -> Image.Image:
    """Draw lines as a scanner sees them."""
    picture = Image.new("L", PAGE, 250)
    if not FONT.exists():
        raise doctor.MissingPiece(f"{FONT} is not there; do: apt-get install fonts-dejavu-core")
    font = ImageFont.truetype(FONT, size=34)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((150, 100 + 90 * number), line, fill=20, font=font)
    picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=250)
    noise = Image.effect_noise(PAGE, 40)
    picture = Image.blend(picture, noise, 0.1).filter(ImageFilter.GaussianBlur(0.6))
    return picture.rotate(turn, expand=True) if turn else picture


def saved(pages: Sequence[Image.Image], kind: str) -> bytes:
    """Return pages as one file: "PDF", "TIFF", or a single one as "PNG", "JPEG", "WEBP"."""
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages[1:])} if len(pages) > 1 else {}
    pages[0].save(buffer, kind, dpi=(DPI, DPI), resolution=DPI, **more)
    return buffer.getvalue()
