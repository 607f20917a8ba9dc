"""``python -m train.lexicon.compile LANG``: expands ``train/lexicon/LANG/*.txt``, in order of
name, into ``src/kronik/lang/LANG/data/triggers.tsv``.

A batch is a text file of lines. An empty line and one that starts with ``#`` say nothing.

    $pas = (Gudang/Markas) itu {} pasukan pemerintah.
    [ASSAULT aerial 0.9]
    mengebom, membom = Pesawat itu {} gudang desa. | dibom, terkena bom @0.7 = $pas
    (melancarkan/melakukan) serangan (bom/roket) = Musuh {} ke kota itu.
    perang @0.4, bom @0.3 = {} itu berlangsung dua hari.

- ``$name = frame`` names a frame for the lines below it in that file.
- ``[TYPE mode weight]`` heads a section; the mode may be left out. The weight, in (0, 1], says
  how likely the phrase, when met in political news, is a trigger of that type.
- Any other line holds groups ``forms = frame``, set apart by ``|``. Forms are set apart by
  commas. ``@weight`` after a form is for that form alone.
- ``(a/b)`` in a form makes every combination; an empty choice, as in ``(a/)``, is allowed. In a
  frame it varies the examples: the group's forms take the variants in turn.
- ``{}`` in a frame is where the form goes, as written; the phrase itself is made lower case, and
  the example's first letter upper case. ``{v}``, ``{p}`` and ``{n}`` ask for the forms of an
  English lemma instead (see ``train.lexicon.inflect``).

A phrase that stands twice with one type is kept once, with the greater weight (the earlier one
where they are equal). Where ``counts.tsv`` (see ``train.lexicon.coverage``) lies beside the
batches, a weight is drawn towards the share of marked mentions that it records.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from kronik.codebook import Codebook
from train.lexicon.inflect import inflected

REPOSITORY = Path(__file__).resolve().parents[2]
COLUMNS = ("phrase", "type", "mode", "weight", "example")
COUNTS = "counts.tsv"
PRIOR = 6
"""How many mentions the hand-written weight is worth beside the counted ones."""

_CHOICE = re.compile(r"\(([^()]*)\)")
_SECTION = re.compile(r"\[([A-Z]+)(?: ([a-z-]+))? ([0-9.]+)\]")
_FRAME = re.compile(r"\$(\w+)\s*=\s*(.+)")
_SLOT = re.compile(r"\{[vpn]?\}")
_FIRST = re.compile(r"^\W*\w")
_WORDS = range(3, 15)

Counts = Mapping[tuple[str, str], tuple[int, int]]
"""By phrase and type: how often it was marked as that type, and how often it was met at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon."""

    phrase: str
    type: str
    mode: str
    weight: float
    example: str

    def line(self) -> str:
        """The entry as a line of the table, without the line's end."""
        cells = (self.phrase, self.type, self.mode, f"{self.weight:.2f}", self.example)
        return "\t".join(cells)


class Batch:
    """Reads one batch. Raises ``ValueError`` naming the file and line that is amiss."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._frames: dict[str, str] = {}
        self._head: Entry | None = None

    def entries(self) -> Iterator[Entry]:
        """The entries in the order written, duplicates and all."""
        for number, raw in enumerate(self._path.read_text(encoding="utf-8").splitlines(), 1):
            line = unicodedata.normalize("NFC", raw.strip())
            if not line or line.startswith("#"):
                continue
            try:
                yield from self._line(line)
            except ValueError as error:
                raise ValueError(f"{self._path.name}:{number}: {error}") from None

    def _line(self, line: str) -> Iterator[Entry]:
        if named := _FRAME.fullmatch(line):
            self._frames[named[1]] = named[2]
        elif head := _SECTION.fullmatch(line):
            self._head = Entry("", head[1], head[2] or "", float(head[3]), "")
        else:
            for group in line.split("|"):
                yield from self._group(group)

    def _group(self, group: str) -> Iterator[Entry]:
        forms, equals, frame = (part.strip() for part in group.partition("="))
        if not equals or self._head is None:
            raise ValueError(f"no section above, or no frame in {group.strip()!r}")
        if frame.startswith("$"):
            if frame[1:] not in self._frames:
                raise ValueError(f"unknown frame {frame}")
            frame = self._frames[frame[1:]]
        if len(_SLOT.findall(frame)) != 1:
            raise ValueError(f"a frame holds one {{}}: {frame!r}")
        frames = choices(frame)
        for turn, (lemma, weight) in enumerate(self._weighed(forms, self._head.weight)):
            for form, sentence in inflected(lemma, frames[turn % len(frames)]):
                example = _FIRST.sub(_upper, sentence)
                yield replace(self._head, phrase=form.lower(), weight=weight, example=example)

    @staticmethod
    def _weighed(forms: str, weight: float) -> Iterator[tuple[str, float]]:
        for item in forms.split(","):
            pattern, _, own = item.partition("@")
            for form in choices(pattern):
                yield form, float(own) if own else weight


def _upper(found: re.Match[str]) -> str:
    return found[0].upper()


def choices(pattern: str) -> list[str]:
    """Every combination of the pattern's choices, spaces made single."""
    parts = [part.split("/") for part in _CHOICE.split(pattern)[1::2]]
    fixed = _CHOICE.split(pattern)[::2]
    made = []
    for chosen in product(*parts):
        text = "".join(a + b for a, b in zip(fixed, (*chosen, ""), strict=True))
        made.append(re.sub(r"\s+([.,])", r"\1", " ".join(text.split())))
    return made


def read_counts(path: Path) -> Counts:
    """The counts beside the batches; none where the file is absent."""
    if not path.exists():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {(phrase, type_): (int(marked), int(met)) for phrase, type_, marked, met in rows}


def weigh(entry: Entry, counts: Counts) -> Entry:
    """The entry with its weight drawn towards what was counted."""
    marked, met = counts.get((entry.phrase, entry.type), (0, 0))
    weight = (PRIOR * entry.weight + marked) / (PRIOR + met)
    return replace(entry, weight=min(1.0, max(0.01, weight)))


def faults(entry: Entry, codebook: Codebook) -> list[str]:
    """What is wrong with an entry, in words."""
    kind = codebook.types.get(entry.type)
    found = []
    if kind is None or (entry.mode and entry.mode not in kind.modes):
        found.append(f"illegal {entry.type} {entry.mode}")
    if not 0 < entry.weight <= 1:
        found.append(f"weight {entry.weight}")
    if not entry.phrase or entry.phrase not in entry.example.lower():
        found.append(f"not in its example: {entry.example!r}")
    if len(entry.example.split()) not in _WORDS or not entry.example.endswith((".", "!", "?")):
        found.append(f"no short sentence: {entry.example!r}")
    return found


def compiled(folder: Path) -> list[Entry]:
    """The lexicon of a folder of batches, sorted. Raises ``ValueError`` naming every fault."""
    kept: dict[tuple[str, str], Entry] = {}
    for path in sorted(folder.glob("*.txt")):
        for entry in Batch(path).entries():
            key = (entry.phrase, entry.type)
            if key not in kept or kept[key].weight < entry.weight:
                kept[key] = entry
    codebook = Codebook.load()
    wrong = [f"{e.phrase}: {fault}" for e in kept.values() for fault in faults(e, codebook)]
    if wrong:
        raise ValueError("\n".join(wrong))
    counts = read_counts(folder / COUNTS)
    return [weigh(kept[key], counts) for key in sorted(kept)]


def main() -> None:
    """Compiles the language that the command line names."""
    parser = argparse.ArgumentParser(description="expand the trigger batches of a language")
    parser.add_argument("lang")
    lang = parser.parse_args().lang
    entries = compiled(REPOSITORY / "train" / "lexicon" / lang)
    target = REPOSITORY / "src" / "kronik" / "lang" / lang / "data" / "triggers.tsv"
    lines = ["\t".join(COLUMNS), *(entry.line() for entry in entries)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target.relative_to(REPOSITORY)}: {len(entries)} entries")


if __name__ == "__main__":
    main()
