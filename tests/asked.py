"""The example article with what a network marked in it, so that one can ask why."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from kronik import lang
from kronik.codebook import Codebook
from kronik.net.judge import Judge, Judges, logit
from kronik.settings import Settings
from kronik.steps.events import events
from kronik.types import Arc, Doc, Marks, Odds, TriggerMark
from tests.example import at, doc

WEIGHTS = {"1": -0.8, "odds": 1.1, "lexicon": 0.5, "ASSAULT": 0.25, "actor": -0.4}
SENSES = {("menembak",): (("ASSAULT", 0.85), ("COERCE", 0.05)), ("menuduh",): (("ACCUSE", 0.9),)}


def kit(weights: Mapping[str, float] = WEIGHTS, net: str = "f" * 64) -> Any:
    """What ``explain`` looks at: the packs and codebook as shipped, the rest as given here."""
    card = SimpleNamespace(judges=Judges(trigger=Judge(weights)))
    return SimpleNamespace(
        settings=Settings(),
        pack=lang.get,
        triggers=lambda _: SENSES,
        codebook=Codebook.load(),
        net=SimpleNamespace(sha256=net, card=card),
    )


def odds(kind: str, probability: float, surest: float) -> Odds:
    """What a score is weighed from, as the decoder names it."""
    return (
        (kind, 1.0),
        ("odds", logit(probability)),
        ("actor", surest),
        ("1", 1.0),
        ("status", 0.97),
        ("lexicon", 0.85 if kind == "ASSAULT" else 0.0),
    )


def arcs(*told: tuple[str, float]) -> tuple[Arc, ...]:
    return tuple(Arc(at(words), score) for words, score in told)


def marked(words: str, kind: str, probability: float, surest: float = 0.0) -> TriggerMark:
    """A trigger, scored with ``WEIGHTS``."""
    weighed = odds(kind, probability, surest)
    score = Judge(WEIGHTS).score(weighed)
    return TriggerMark(at(words), kind, None, "actual", score, ("COERCE", 0.2), odds=weighed)


def article(number: int = 0) -> Doc:
    """An accusation by the article itself, and an act that stands in it alone."""
    accused = replace(
        marked("menuduh", "ACCUSE", 0.9, 0.9),
        actors=arcs(("Menteri Sari Wulan", 0.9), ("Kami", 0.3)),
        recipients=arcs(("Republik Utara", 0.8)),
        dates=arcs(("di laut", 0.4)),
    )
    shot = replace(
        marked("menembak", "ASSAULT", 0.7, 0.7),
        mode="firearms",
        actors=arcs(("Republik Utara", 0.7), ("kapal nelayan", 0.5)),
        recipients=arcs(("kapal nelayan", 0.6)),
    )
    read = replace(doc(number), marks=Marks(triggers=(accused, shot)))
    return replace(read, events=events(read, kit()))
