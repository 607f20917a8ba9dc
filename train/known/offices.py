"""Offices with their titles: those of the list, and those that follow from a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from train.known.authored import items, lines

_SEATS = {
    "governor": ("GOV", ("{} governor", "governor of {}"), ("gubernur {}", "plt gubernur {}")),
    "deputy governor": ("GOV", ("{} deputy governor",), ("wakil gubernur {}", "wagub {}")),
    "mayor": ("GOV", ("{} mayor", "mayor of {}"), ("wali kota {}", "walikota {}")),
    "regent": ("GOV", ("{} regent", "regent of {}"), ("bupati {}",)),
}
_POSTS = {
    "chair": (("{} chairman", "{} chair", "chairman of {}"), ("ketua umum {}", "ketum {}")),
    "secretary-general": (("{} secretary-general",), ("sekjen {}", "sekretaris jenderal {}")),
}


def offices(held: Iterable[str], bodies: Mapping[str, tuple[str, list[str]]]) -> list[list[str]]:
    """Rows office, sector, country, lang, title, for the list and every office that is held.

    ``bodies`` gives sector and names of an organisation by any of its names.
    """
    rows = list(_listed())
    known = {row[0] for row in rows}
    places = _places()
    for office in sorted(set(held) - known):
        head, _, body = office.partition(" of ")
        if head in _SEATS and body:
            rows += _seat(office, places.get(body, [body]))
        elif head in _POSTS and body in bodies:
            rows += _post(office, *bodies[body])
        else:
            raise ValueError(f"office without a line in offices.txt: {office!r}")
    return rows


def _listed() -> Iterable[list[str]]:
    for line in lines("offices", 5):
        office, sector, country, *titles = line.fields
        for lang, field in zip(("en", "id"), titles, strict=True):
            for title in items(field) or [office]:
                yield [office, sector, country, lang, title]


def _seat(office: str, places: list[str]) -> Iterable[list[str]]:
    sector, english, indonesian = _SEATS[office.partition(" of ")[0]]
    yield from _titled([office, sector, ""], "en", english, places)
    yield from _titled([office, sector, ""], "id", indonesian, places)


def _post(office: str, sector: str, names: list[str]) -> Iterable[list[str]]:
    english, indonesian = _POSTS[office.partition(" of ")[0]]
    yield [office, sector, "", "en", office]
    yield from _titled([office, sector, ""], "en", english, names)
    yield from _titled([office, sector, ""], "id", indonesian, names)


def _titled(
    start: list[str], lang: str, patterns: Iterable[str], names: list[str]
) -> Iterable[list[str]]:
    for pattern in patterns:
        for name in names:
            yield [*start, lang, pattern.format(name)]


def _places() -> dict[str, list[str]]:
    found = {}
    for line in lines("provinces", 4):
        english, indonesian, others, _ = line.fields
        found[english] = [english, indonesian, *items(others)]
    return found
