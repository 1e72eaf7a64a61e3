"""The language of an answer: reasons, conditions and notes as the caller asks for them.

They are kept in English; codes are codes in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from roster.installation import Installation
from roster.ports import Translator
from roster.read import Contribution, Evidence, GateResult, RuleCheck

LOCALES = ("en", "fr", "es", "pt")
_LONGEST = 500
"""Characters of a header that are looked at for a language."""
Languages = Annotated[str | None, Header(alias="Accept-Language", max_length=_LONGEST)]


def chosen_locale(asked: str | None, header: str | None) -> str:
    """Return the language to answer in: the one asked for, the first spoken, or English."""
    if asked is not None:
        return asked
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate((header or "").split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        code = tag.strip().lower().partition("-")[0]
        if code in LOCALES and quality > 0:
            wanted.append((-quality, place, code))
    return min(wanted)[2] if wanted else "en"


def headers_of(code: str) -> dict[str, str]:
    """Return what an answer in a language says of itself; the same address has others."""
    return {"Content-Language": code, "Vary": "Accept-Language"}


@dataclass(frozen=True, slots=True)
class Voice:
    """One language, for one answer: what it says twice is translated once."""

    code: str
    translator: Translator
    _said: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> Mapping[str, str]:
        """What the answer says of itself."""
        return headers_of(self.code)

    def say(self, text: str) -> str:
        """Return a clause in the language."""
        if self.code == "en":
            return text
        if text not in self._said:
            self._said[text] = self.translator(text, self.code)
        return self._said[text]

    def say_all(self, texts: Iterable[str]) -> list[str]:
        """Return clauses in the language."""
        return [self.say(one) for one in texts]

    def contributions(self, parts: Iterable[Contribution]) -> tuple[Contribution, ...]:
        """Return the parts of a score with their reasons in the language."""
        return tuple(
            replace(one, reason=self.say(one.reason), evidence=self._evidence(one.evidence))
            for one in parts
        )

    def _evidence(self, proofs: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        if self.code == "en":
            return proofs
        return tuple(replace(one, source=self.say(one.source)) for one in proofs)

    def gates(self, results: Iterable[GateResult]) -> tuple[GateResult, ...]:
        """Return conditions with their reasons in the language."""
        return tuple(replace(one, reason=self.say(one.reason)) for one in results)

    def checks(self, checks: Iterable[RuleCheck]) -> tuple[RuleCheck, ...]:
        """Return rules of a team, and how it stands to them, in the language."""
        return tuple(
            replace(one, rule=self.say(one.rule), detail=self.say(one.detail)) for one in checks
        )


def _untranslated(text: str, _code: str) -> str:
    return text


ENGLISH = Voice("en", _untranslated)
"""The language in which everything is kept."""


def voice_of(request: Request, accept_language: str | None) -> Voice:
    """Return the language that a header asks for; English before the service stands."""
    app = request.scope.get("app")
    installation: Installation | None = getattr(app.state, "installation", None) if app else None
    if installation is None:
        return ENGLISH
    return Voice(chosen_locale(None, accept_language), installation.translator)


def voice_of_problems(request: Request) -> Voice:
    """Return the language that refusals are told in: the caller's, whatever else has none."""
    return voice_of(request, request.headers.get("Accept-Language", "")[:_LONGEST])


async def get_voice(
    request: Request, response: Response, accept_language: Languages = None
) -> Voice:
    """Return the language that the caller asks for, and have the answer say it."""
    voice = voice_of(request, accept_language)
    response.headers.update(voice.headers)
    return voice


async def get_problem_voice(request: Request) -> Voice:
    """Return the language of refusals that stand within an answer."""
    return voice_of_problems(request)


VoiceDep = Annotated[Voice, Depends(get_voice)]
ProblemVoiceDep = Annotated[Voice, Depends(get_problem_voice)]
