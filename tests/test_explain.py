"""Why an event is coded as it is: what is told is what decided it, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik import __version__, pipeline, sources
from kronik.errors import StoreError
from kronik.explain import again, explain
from kronik.kit import Kit
from kronik.net.judge import Judge
from kronik.reasons import Answer, Reason
from kronik.settings import Settings
from kronik.steps.events import events
from kronik.steps.quotes import quotes
from kronik.store import Claim, Store
from kronik.types import Arc, Doc, Odds, Versions
from tests.asked import article, kit, marked
from tests.example import TEXT, VERSIONS, at, page
from tests.steps.marked import doc_of
from tests.strategies import spans

DEMO = Path(__file__).parents[1] / "src" / "kronik" / "demo"
NAMES = st.sampled_from(["1", "odds", "begins", "lexicon", "ASSAULT", "quoted"])
SMALL = st.floats(-4, 4)


def asked(doc: Doc, nth: int = 0, using: Any = None, claim: Claim | None = None) -> dict[str, Any]:
    """The answers about one event of an article, by field."""
    told = explain(doc, doc.events[nth].id, using or kit(), claim)
    assert told.event == doc.events[nth].id
    return {answer.field: answer for answer in told.answers}


def says(answer: Answer) -> list[str]:
    return [reason.says for reason in answer.reasons]


def words(reason: Reason, text: str = TEXT) -> str | None:
    return reason.span and reason.span.of(text)


def claim_of(doc: Doc, nth: int, versions: Versions) -> Claim:
    with Store.open(":memory:") as store:
        store.add(page(), doc, versions)
        return store.claim(doc.events[nth].id)


def test_every_field_of_an_event_is_answered_for() -> None:
    told = asked(article(), 1)
    assert list(told) == [
        *("evidence", "type", "score", "mode", "status", "actors", "recipients", "claimed_by"),
        *("intensity", "quad", "place", "date", "lexicon", "versions"),
    ]
    event = article().events[1]
    same = ("type", "score", "mode", "status", "quad", "intensity")
    assert [told[name].value for name in same] == [getattr(event, name) for name in same]
    assert told["evidence"].value == TEXT.split("\n")[0]


def test_an_id_that_the_article_lacks_is_not_explained() -> None:
    with pytest.raises(KeyError):
        explain(article(), "e1", kit())


@given(
    st.dictionaries(NAMES, SMALL, max_size=6),
    st.dictionaries(NAMES, SMALL, max_size=6).map(lambda told: tuple(told.items())),
)
def test_what_is_weighed_adds_up_to_the_score(weights: dict[str, float], weighed: Odds) -> None:
    mark = replace(marked("menembak", "ASSAULT", 0.5), odds=weighed)
    doc = replace(article(), marks=replace(article().marks, triggers=(mark,)))
    scored = replace(mark, score=Judge(weights).score(weighed))
    doc = replace(doc, marks=replace(doc.marks, triggers=(scored,)))
    doc = replace(doc, events=events(doc, kit(weights)))
    answer = asked(doc, using=kit(weights))["score"]
    assert adds_up(answer)
    counts = [abs(r.told["counts"]) for r in answer.reasons if r.says == "weighed"]
    assert counts == sorted(counts, reverse=True)
    assert 0 not in counts
    assert ("alone" in says(answer)) == ("odds" in dict(weighed))


def adds_up(answer: Answer) -> bool:
    total = math.fsum(r.told["counts"] for r in answer.reasons if r.says == "weighed")
    return answer.value == round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def test_the_largest_part_of_a_score_comes_first_and_is_named() -> None:
    answer = asked(article(), 1)["score"]
    told = [(r.told["odds"], round(r.told["counts"], 3)) for r in answer.reasons[:-1]]
    expected = [("odds", 0.932), ("constant", -0.8), ("lexicon", 0.425), ("actor", -0.28)]
    assert told == [*expected, ("type", 0.25)]
    assert answer.reasons[-1].told == {"score": 0.7}


def test_the_next_type_comes_with_its_score() -> None:
    assert asked(article())["type"].reasons[-1] == Reason(
        "runner_up", told={"type": "COERCE", "score": 0.2}
    )


def test_who_was_left_out_is_told_with_the_rule() -> None:
    kept, left = asked(article())["actors"].reasons
    assert (kept.says, words(kept), kept.told["id"]) == (
        "party",
        "Menteri Sari Wulan",
        "sari-wulan",
    )
    assert (left.says, words(left)) == ("afar", "Kami")
    assert left.told == {"score": 0.3, "surer": "Menteri Sari Wulan", "surer_score": 0.9}
    (_, rival) = asked(article(), 1)["actors"].reasons
    assert (rival.says, words(rival)) == ("rival", "kapal nelayan")
    assert rival.told == {"score": 0.5, "surer": "kapal nelayan", "surer_score": 0.6}


def test_an_unsure_party_of_the_same_sentence_is_told_with_its_share() -> None:
    mark = article().marks.triggers[0]
    weak = Arc(mark.span, 0.3)
    mark = replace(mark, actors=(mark.actors[0], weak))
    doc = replace(article(), marks=replace(article().marks, triggers=(mark,)))
    _, left = asked(doc)["actors"].reasons
    assert (left.says, left.told["share"]) == ("beside", 0.75)


ARCS = st.lists(
    st.builds(Arc, spans(TEXT).filter(lambda span: span.start < span.end), st.floats(0, 1)),
    max_size=4,
).map(tuple)


@given(ARCS, ARCS)
def test_everybody_who_was_seen_is_told_once(acting: tuple[Arc, ...], hit: tuple[Arc, ...]) -> None:
    """In or out, with words that stand in the article."""
    mark = replace(article().marks.triggers[1], actors=acting, recipients=hit)
    doc = replace(article(), marks=replace(article().marks, triggers=(mark,)))
    doc = replace(doc, events=events(doc, kit()))
    told, (event,) = asked(doc), doc.events
    for side, arcs, parties in (
        ("actors", acting, event.actors),
        ("recipients", hit, event.recipients),
    ):
        reasons = told[side].reasons
        assert says(told[side]).count("party") == len(parties) == len(told[side].value)
        assert [r.told["score"] for r in reasons if r.says != "unseen"] == [a.score for a in arcs]
        assert all((words(r) or "") in TEXT for r in reasons)
        assert all(str(r.told.get("surer") or "") in TEXT for r in reasons)


def test_a_party_is_told_with_all_that_is_known_of_it() -> None:
    told = asked(article())["actors"].reasons[0].told
    assert told == {
        "score": 0.9,
        "antecedent": None,
        "name": "Sari Wulan",
        "id": "sari-wulan",
        "country": "IDN",
        "country_from": "words",
        "sector": "GOV",
        "why": None,
    }
    assert asked(article(), 1)["recipients"].reasons[0].told["why"] == "no table knows it"


def test_marks_alone_are_left_out() -> None:
    doc = doc_of("<ASSAULT:menembak> <r:-->.", "id")
    doc = replace(doc, events=events(doc, kit()))
    assert says(asked(doc)["recipients"]) == ["wordless"]
    assert asked(doc)["recipients"].value == ()


def test_the_speaker_as_silent_subject_is_told() -> None:
    plain = doc_of('"<d:Segera tarik pasukan,>" <q1:kata> <s1:Ratna Wijaya>.', "id")
    trigger = doc_of('"<REQUEST:Segera tarik> pasukan," kata Ratna Wijaya.', "id").marks.triggers
    doc = replace(plain, marks=replace(plain.marks, triggers=trigger))
    doc = replace(doc, quotes=quotes(doc, kit()))
    doc = replace(doc, events=events(doc, kit()))
    told = asked(doc)
    assert says(told["actors"]) == ["silent"]
    assert (told["actors"].value, words(told["actors"].reasons[0], doc.text)) == (
        ("Ratna Wijaya",),
        "Ratna Wijaya",
    )


def test_a_first_person_stands_for_the_speaker() -> None:
    trigger = replace(
        article().marks.triggers[0], span=at("diserang"), type="ASSAULT", recipients=()
    )
    trigger = replace(trigger, actors=tuple(a for a in trigger.actors if a.score < 0.5))
    doc = replace(article(), marks=replace(article().marks, triggers=(trigger,)))
    doc = replace(doc, events=events(doc, kit()))
    (reason,) = asked(doc)["actors"].reasons
    assert words(reason) == "Kami"
    assert reason.told["antecedent"] == "Menteri Sari Wulan"
    assert reason.told["name"] == "Sari Wulan"


def test_a_claim_is_told_with_its_quote_cue_and_speaker() -> None:
    answer = asked(article(), 1)["claimed_by"]
    assert answer.value == "Sari Wulan"
    assert [(r.says, words(r)) for r in answer.reasons] == [
        ("quote", "Republik Utara menembak kapal nelayan"),
        ("cue", "menuduh"),
        ("speaker", "Menteri Sari Wulan"),
    ]
    assert answer.reasons[0].told["id"] == article().quotes[0].id
    doc = article()
    nobody = replace(doc.quotes[0], cue=None, speaker=None)
    bare = asked(replace(doc, quotes=(nobody, doc.quotes[1])), 1)["claimed_by"]
    assert (bare.value, says(bare)) == (None, ["quote", "uncued", "unspoken"])


def test_what_the_article_itself_states_is_nobodys_claim() -> None:
    answer = asked(article())["claimed_by"]
    assert (answer.value, says(answer)) == (None, ["stated"])


@pytest.mark.parametrize(
    ("kind", "mode", "row"),
    [
        ("CONSULT", "visit", "CONSULT/visit"),
        ("ACCUSE", "allege", "ACCUSE/allege"),
        ("PROTEST", "vandalize", "PROTEST"),
        ("AID", None, "AID"),
    ],
)
def test_codes_are_told_with_their_row(kind: str, mode: str | None, row: str) -> None:
    mark = replace(article().marks.triggers[1], type=kind, mode=mode)
    doc = replace(article(), marks=replace(article().marks, triggers=(mark,)))
    told = asked(replace(doc, events=events(doc, kit())))
    version = kit().codebook.version
    assert told["intensity"].reasons == (Reason("row", told={"row": row, "version": version}),)
    assert told["quad"].reasons == (Reason("row", told={"row": kind, "version": version}),)


def test_places_and_dates_are_null_with_what_was_seen() -> None:
    told = asked(article())
    assert (told["place"].value, says(told["place"])) == (None, ["unseen"])
    assert (told["date"].value, words(told["date"].reasons[0])) == (None, "di laut")
    assert told["date"].by == "unresolved"


PHRASES = {
    ("menembak", "jatuh"): (("ACCUSE", 0.1), ("ASSAULT", 0.6)),
    ("jatuh",): (("RETREAT", 0.3),),
    ("pesawat",): (("AID", 0.1),),
}


@pytest.mark.parametrize(
    ("marked", "phrase", "types"),
    [
        ("Mereka <ASSAULT:Menembak> jatuh pesawat.", "Menembak jatuh", ["ASSAULT", "ACCUSE"]),
        ("Mereka menembak <ASSAULT:jatuh> pesawat.", None, []),
        ("Harga <ASSAULT:jatuh> pula.", "jatuh", ["RETREAT"]),
        ("Mereka <ASSAULT:memukul>.", None, []),
    ],
)
def test_the_lexicon_is_told_as_the_network_was_told(
    marked: str, phrase: str | None, types: list[str]
) -> None:
    book = kit()
    book.triggers = lambda _: PHRASES
    doc = doc_of(marked, "id")
    doc = replace(doc, events=events(doc, book))
    answer = asked(doc, using=book)["lexicon"]
    assert answer.value == phrase
    assert [r.told["type"] for r in answer.reasons if r.says == "sense"] == types


@pytest.mark.parametrize(
    ("net", "told", "other"), [("f", "read_alike", None), ("e", "read_otherwise", "net")]
)
def test_a_stored_event_tells_what_read_it(net: str, told: str, other: str | None) -> None:
    using = kit(net=net * 64)
    today = Versions(__version__, "f" * 64, using.codebook.version)
    answer = asked(article(), 1, using, claim_of(article(), 1, today))["versions"]
    assert says(answer) == ["today", told]
    assert answer.reasons[0].told["net"] == net * 64
    assert answer.reasons[1].told["net"] == "f" * 64
    assert answer.reasons[1].told["other"] == other
    assert answer.reasons[1].told["score"] == article().events[1].score


def test_what_is_not_found_again_is_told_with_what_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claim = claim_of(article(), 1, VERSIONS)
    monkeypatch.setattr(pipeline, "annotate", lambda *_: replace(article(), events=()))
    with pytest.raises(
        StoreError, match=r"'menembak' with score 0\.\d\d, read with kronik 0.1.0"
    ) as e:
        again(claim, kit())
    assert e.value.where == "berita-0.txt"
    assert "kronik add" in str(e.value.remedy)


def test_an_article_of_a_store_is_read_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Doc] = []

    def annotate(doc: Doc, kit: Kit) -> Doc:
        seen.append(doc)
        return article()

    monkeypatch.setattr(pipeline, "annotate", annotate)
    doc, event = again(claim_of(article(), 1, VERSIONS), kit())
    assert event == article().events[1]
    assert doc == article()
    layers = ("sentences", "marks", "quotes", "events", "mentions", "notes")
    assert seen == [
        replace(article(), **{name: getattr(Doc("", "", "", "", ""), name) for name in layers})
    ]


# With the network that ships -----------------------------------------------------------


@pytest.fixture(scope="module")
def demo() -> tuple[Kit, list[Doc]]:
    kit = Kit.load(Settings(threads=1, min_score=0.0))
    return kit, [pipeline.code(page, kit) for page in sources.pages([str(DEMO)], kit.settings)]


def answers(demo: tuple[Kit, list[Doc]]) -> Iterator[tuple[Doc, Answer]]:
    kit, docs = demo
    for doc in docs:
        for event in doc.events:
            yield from ((doc, answer) for answer in explain(doc, event.id, kit).answers)


def test_the_examples_are_explained_in_full(demo: tuple[Kit, list[Doc]]) -> None:
    told = list(answers(demo))
    assert len(told) == 14 * sum(len(doc.events) for doc in demo[1])
    assert all(adds_up(answer) for _, answer in told if answer.field == "score")


def test_all_words_stand_in_the_article(demo: tuple[Kit, list[Doc]]) -> None:
    for doc, answer in answers(demo):
        for reason in answer.reasons:
            assert reason.span is None or 0 <= reason.span.start < reason.span.end <= len(doc.text)
            assert str(reason.told.get("surer") or "") in doc.text
            assert str(reason.told.get("antecedent") or "") in doc.text
        assert answer.field not in ("evidence", "lexicon") or str(answer.value or "") in doc.text


def test_the_lexicon_weighs_what_the_network_was_given(demo: tuple[Kit, list[Doc]]) -> None:
    kit, docs = demo
    for doc in docs:
        given = {(m.span, m.type): dict(m.odds)["lexicon"] for m in doc.marks.triggers}
        for event in doc.events:
            told = {a.field: a for a in explain(doc, event.id, kit).answers}["lexicon"]
            weights = {r.told["type"]: r.told["weight"] for r in told.reasons if r.says == "sense"}
            assert weights.get(event.type, 0.0) == given[event.trigger, event.type]


def test_every_part_of_a_score_has_words(demo: tuple[Kit, list[Doc]]) -> None:
    kit, docs = demo
    names = {name for doc in docs for m in doc.marks.triggers for name, _ in m.odds}
    named = {f"odds_{name}" for name in names - kit.codebook.types.keys() - {"1"}}
    for pack in kit.packs.values():
        assert named | {"odds_type", "odds_constant"} <= pack.ui.keys()
