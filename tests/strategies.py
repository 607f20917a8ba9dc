"""Documents as Hypothesis makes them: any text, spans anywhere in it, parties of every shape."""

from hypothesis import strategies as st

from kronik.types import Actor, Doc, Event, Mention, Note, Party, Quote, Span, stable_id

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
scores = st.floats(0, 1)
actors = st.builds(
    Actor,
    id=st.none() | texts,
    name=texts,
    country=st.sampled_from([None, "IDN", "---"]),
    country_from=st.sampled_from([None, "words", "article"]),
    sector=st.sampled_from([None, "GOV"]),
    office=st.none() | texts,
)


def spans(text: str) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    text = draw(texts)
    places = draw(st.lists(spans(text), min_size=1, max_size=4, unique=True))
    anywhere = st.sampled_from(places) | spans(text)
    party = st.builds(Party, st.none() | anywhere, st.none() | anywhere)
    sides = st.lists(party, max_size=2).map(tuple)
    mentions = [
        Mention(
            id=stable_id("m", text, n),
            span=place,
            kind="PER",
            chain=n,
            score=draw(scores),
            actor=draw(st.none() | actors),
            pronoun=draw(st.booleans()),
        )
        for n, place in enumerate(places)
    ]
    quotes = [
        Quote(
            stable_id("q", text, n),
            draw(anywhere),
            draw(st.sampled_from(["direct", "indirect", "mixed"])),
            draw(st.none() | anywhere),
            draw(st.none() | party),
            draw(scores),
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    claims = st.sampled_from([None, *(quote.id for quote in quotes)])
    events = [
        Event(
            id=stable_id("e", text, n),
            sentence=0,
            type="ASSAULT",
            mode=draw(st.sampled_from([None, "aerial"])),
            quad=4,
            intensity=-9.0,
            trigger=draw(anywhere),
            actors=draw(sides),
            recipients=draw(sides),
            status=draw(st.sampled_from(["actual", "negated"])),
            claimed_by=draw(claims),
            score=draw(scores),
            runner_up=draw(st.none() | st.tuples(st.just("COERCE"), scores)),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    return Doc(
        id=stable_id("a", text),
        page_id=stable_id("p", text),
        source_id=draw(texts),
        text=text,
        lang="id",
        title=draw(st.none() | texts),
        notes=tuple(draw(st.lists(st.builds(Note, texts, texts), max_size=1))),
        sentences=(Span(0, len(text)),),
        quotes=tuple(quotes),
        events=tuple(events),
        mentions=tuple(mentions),
    )
