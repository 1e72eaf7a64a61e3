"""Who works under load, and what they send: the sign-ins of the demonstration, a letter, a CV."""

from __future__ import annotations

import os

OFFICER = os.environ.get("LOAD_EMAIL", "officer@demo.example")
FOCAL_POINT = os.environ.get("LOAD_FOCAL_POINT", "focal.pt@demo.example")
PASSWORD = os.environ.get("LOAD_PASSWORD", "look-around-2027")
LETTER = (
    "The Ministry of the Interior of Senegal has the honour to request support on travel document "
    "security. We would welcome two experts who can train second-line inspectors in March 2027. "
    "Working language: French."
)


def cv_of(number: int) -> str:
    """Return a small CV of somebody invented, another one for each number."""
    return (
        f"Curriculum vitae\nInês Vilar-{number:05d}\n\n"
        "Experience\n2015 - present: Inspector, border police, Lisbon\n"
        "Second-line checks at an airport; training of colleagues on travel document security.\n"
        "2009 - 2015: Adviser, Directorate of Migration, Lisbon\n"
        "Residence permits, labour migration statistics.\n\n"
        "Education\n2008: Master of Law, Lisbon\n\n"
        "Languages\nPortuguese: mother tongue; French: C1; English: B2\n"
    )
