"""``feeds.toml``: which sources to watch, how often, and when to worry about them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from kronik.errors import ListError

LEAST = 60
"""Seconds from one poll of a source to the next, at least."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_STRETCH = re.compile(r"(\d{1,6})\s?([smhd])")
_ADDRESS = re.compile(r"https?://[^/?#\s]+\S*", re.I)
_GUIDE = "docs/watching.md shows a whole file"


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or sitemap to be polled every ``interval`` seconds; ``silent_after`` so many without
    a new item, it may be called silent."""

    name: str
    url: str
    interval: int
    silent_after: int


@dataclass(frozen=True, slots=True)
class Watchlist:
    """The sources of a file, in its order, and by what whoever runs the watch can be reached."""

    sources: tuple[Source, ...]
    contact: str = ""


class _Times(msgspec.Struct, forbid_unknown_fields=True):
    interval: str | None = None
    silent_after: str | None = None


class _Section(_Times):
    url: str = ""


class _File(_Times):
    contact: str = ""
    sources: dict[str, object] = {}


_Form = TypeVar("_Form", bound=_Times)


def read(path: Path) -> Watchlist:
    """What a file says. Raises ``ListError`` that names what is wrong."""
    whole = _form(_toml(path), _File, str(path))
    if not whole.sources:
        what = "no source in it: each is a section, as [sources.antara], with its url"
        raise ListError(what, where=str(path), remedy=_GUIDE)
    common = _times(whole, (900, 86_400), str(path))
    found: dict[str, Source] = {}
    for name, section in whole.sources.items():
        where = f"{path} [sources.{name}]"
        source = _source(name, _form(section, _Section, where), common, where)
        if twice := next((one for one in found.values() if one.url == source.url), None):
            what = f"url: it is that of [sources.{twice.name}], too"
            raise ListError(what, where=where, remedy="leave one of them out")
        found[name] = source
    return Watchlist(tuple(found.values()), whole.contact)


def _toml(path: Path) -> object:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        what = f"it cannot be opened: {error.strerror}"
        raise ListError(what, where=str(path), remedy=_GUIDE) from error
    except UnicodeDecodeError as error:
        what = f"it is not UTF-8 ({error.reason} at byte {error.start})"
        raise ListError(what, where=str(path), remedy="save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        what = f"it is not TOML: {error}"
        raise ListError(what, where=str(path), remedy=_GUIDE) from error


def _form(values: object, form: type[_Form], where: str) -> _Form:
    try:
        return msgspec.convert(values, form)
    except msgspec.ValidationError as error:
        keys = ", ".join(form.__struct_fields__)
        what = str(error).replace("Object", "it").replace(" - at `$.", " for `")
        raise ListError(what, where=where, remedy=f"the keys are {keys}; {_GUIDE}") from error


def _source(name: str, section: _Section, common: tuple[int, int], where: str) -> Source:
    if not _ADDRESS.fullmatch(section.url):
        what = f"url: {section.url!r} is no address" if section.url else "url: it is missing"
        raise ListError(what, where=where, remedy='write url = "https://..."')
    return Source(name, section.url, *_times(section, common, where))


def _times(given: _Times, common: tuple[int, int], where: str) -> tuple[int, int]:
    interval = _seconds("interval", given.interval, common[0], where)
    silent_after = _seconds("silent_after", given.silent_after, common[1], where)
    if interval < LEAST:
        remedy = "no site prints that much: give 1m or more"
        raise ListError(f"interval: {given.interval!r} is too often", where=where, remedy=remedy)
    return interval, silent_after


def _seconds(key: str, given: str | None, common: int, where: str) -> int:
    if given is None:
        return common
    stretch = _STRETCH.fullmatch(given.strip())
    if not stretch:
        what = f"{key}: {given!r} is no stretch of time"
        raise ListError(what, where=where, remedy="write 90s, 15m, 6h or 2d")
    return int(stretch[1]) * _UNITS[stretch[2]]
