"""Invented CVs and lists, many at once."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Mapping

_FIRST = ("Graça", "Rui", "Inês", "Tiago", "Marta", "Duarte", "Leonor", "Afonso", "Beatriz", "Nuno")
_LAST = ("Vilarinho", "Sarmento", "Couto", "Antunes", "Falcão", "Prates", "Moita", "Quaresma")


def name_of(number: int) -> str:
    """Return an invented name; 80 are different."""
    return f"{_FIRST[number % 10]} {_LAST[number // 10 % 8]}"


def cv(number: int = 0, *, email: str | None = None) -> bytes:
    """Return a CV in which everything is sure; its e-mail address is the person's, or as given."""
    name = name_of(number)
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()
    address = f"{plain.replace(' ', '.')}@interior.example" if email is None else email
    return f"""CURRICULUM VITAE

Name: {name}
E-mail: {address}
Nationality: Portuguese

LANGUAGES
Portuguese: mother tongue
French: C1
""".encode()


def unreadable() -> bytes:
    """Return what no reader exists for."""
    return b"MZ\x90\x00\x03" * 40


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files by their names in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return packed.getvalue()


LIST = """Surname;First name;E-mail;Organisation;Position;Country;Languages
Vilarinho;Graça;graca@interior.example;Immigration Service;Head of unit;Portugal;French C1
Couto;Rui;rui at interior;Immigration Service;Analyst;Portugal;English B2
;;nobody@interior.example;Immigration Service;Analyst;Portugal;English B2
Moita;Inês;ines@interior.example;Border Guard;Trainer;Portugal;Spanish C2
Moita;Inês;ines@interior.example;Border Guard;Trainer;Portugal;Spanish C2
""".encode()
"""Five rows: sure, no e-mail address, no name, sure, the fourth again."""
