"""Names of languages as sentences bend them: "anglicky", "po angielsku", "englantia", "angolul".

CLDR gives the form of a heading. Languages with many endings write another one behind "I speak".
Each rule takes an ending off and puts others on; it knows no language by name.
"""

from __future__ import annotations

from collections.abc import Iterator

_RULES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "cs": (
        ("ština", ("štinu", "štině", "štiny", "štinou", "sky")),
        ("čtina", ("čtinu", "čtině", "čtiny", "čtinou", "cky")),
        ("čina", ("činu", "čině", "činy", "činou", "ecky")),
    ),
    "sk": (
        ("ština", ("štinu", "štine", "štiny", "štinou", "sky")),
        ("čtina", ("čtinu", "čtine", "čtiny", "čtinou", "cky")),
        ("čina", ("činu", "čine", "činy", "činou", "sky", "ecky")),
    ),
    "pl": (("ki", ("ku", "kiego", "kim")),),
    "lt": (("iečių", ("iškai",)), ("ių", ("iškai",)), ("ų", ("iškai",))),
    "lv": (
        ("iešu", ("iski",)),
        ("ļu", ("liski",)),
        ("ču", ("ciski",)),
        ("ņu", ("niski",)),
        ("u", ("iski",)),
    ),
    "hu": (("a", ("ául", "át")), ("", ("ul", "ül", "t", "ot", "et"))),
    "fi": (
        ("nti", ("ntia", "nnin", "nniksi")),
        ("mi", ("mea", "men", "meksi")),
        ("i", ("ia", "in", "iksi")),
        ("a", ("aa", "an", "aksi")),
        ("ä", ("ää", "än", "äksi")),
    ),
    "sl": (("ščina", ("ščino", "ščine", "ščini", "ško")),),
    "hr": (("ki", ("kog", "koga", "kom", "kim")),),
    "sr": (("ки", ("ког", "ком", "ким")),),
    "uk": (("ка", ("кою", "ку", "кої")),),
    "ru": (("кий", ("ки", "ким", "кого", "ком")),),
}
"""Language → ending of a name in its heading form → the endings of its other forms."""
_SHORTEST = 3
"""Letters that stay; of less, nothing is left of the name."""


def inflected(name: str, language: str) -> Iterator[str]:
    """Yield the other forms of a language's name in a language; the first rule that fits counts.

    Parameters
    ----------
    name : of one word, as CLDR writes it
    language : ISO 639-1, in which the name is written; of others nothing is yielded
    """
    if " " in name:
        return
    for ending, others in _RULES.get(language, ()):
        stem = name.removesuffix(ending)
        if name.endswith(ending) and len(stem) >= _SHORTEST:
            yield from (stem + other for other in others)
            return
