"""``Kit``: all that a step may look at, read-only, loaded once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kronik import lang
from kronik.codebook import Codebook
from kronik.errors import UnknownLanguage
from kronik.known import Known
from kronik.lang import Pack, Triggers
from kronik.net import Reader
from kronik.settings import Settings
from kronik.types import Lang


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings, language packs, codebook, look-up tables and the network."""

    settings: Settings
    codebook: Codebook
    known: Known
    net: Reader
    packs: Mapping[Lang, Pack] = field(
        default_factory=lambda: MappingProxyType({code: lang.get(code) for code in lang.CODES})
    )

    @classmethod
    def load(cls, settings: Settings | None = None) -> Kit:
        """Everything as shipped. Raises ``InstallError`` where a table or the weights are
        damaged."""
        settings = settings or Settings()
        return cls(settings, Codebook.load(), Known.load(), Reader.load())

    def triggers(self, code: Lang) -> Triggers:
        """The trigger lexicon of a language; raises ``UnknownLanguage`` for one without a pack."""
        return lang.triggers(self.pack(code).code)

    def pack(self, code: Lang) -> Pack:
        """The pack of a language; raises ``UnknownLanguage`` for one that has none."""
        if code not in self.packs:
            known = ", ".join(self.packs)
            raise UnknownLanguage(f"no pack for language {code!r}", remedy=f"known are {known}")
        return self.packs[code]
