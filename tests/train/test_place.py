"""Strings of annotators become offsets of their own text, or are counted as lost."""

from __future__ import annotations

from typing import Any

from train.annotated import place
from train.annotated.place import Placer
from train.reader import account

TEXT = 'Rina menolak, Rina menolak lagi. "Kami pergi," kata Rina kepada kami.'
SENTENCES = [[0, 32], [33, 69]]


def party(text: str | None) -> dict[str, Any]:
    return {"text": text, "who": "Rina", "country": "IDN", "sector": "CVL"}


def event(trigger: str, s: int = 0) -> dict[str, Any]:
    return {
        "s": s, "type": "REJECT", "mode": None, "status": "actual", "trigger": trigger,
        "actor": [party("Rina")], "recipient": [party(None)],
        "place": {"text": "kami", "name": "x", "country": "IDN", "level": "city"},
    }  # fmt: skip


def test_the_second_record_of_a_word_means_its_second_place():
    placer = Placer(TEXT, SENTENCES)
    rows = placer.rows({"events": [event("menolak"), event("menolak")], "quotes": []})
    assert [e["trigger_span"] for e in rows["events"]] == [[5, 12], [19, 26]]
    assert rows["events"][0]["actor"][0]["span"] == [0, 4]
    assert rows["events"][0]["recipient"][0]["span"] is None
    assert rows["events"][0]["place"]["span"] == [64, 68], "outside the sentence, so anywhere"
    assert place.bare(rows)["events"][0] == {
        "s": 0, "type": "REJECT", "mode": None, "status": "actual", "trigger_span": [5, 12],
        "actor": [{"span": [0, 4], "who": "Rina", "country": "IDN", "sector": "CVL"}],
        "recipient": [{"span": None, "who": "Rina", "country": "IDN", "sector": "CVL"}],
        "claimed_by": None, "date": None,
        "place": {"span": [64, 68], "name": "x", "country": "IDN", "level": "city"},
    }, "no word of the text"  # fmt: skip
    assert placer.lost == 0


def test_what_is_not_in_its_sentence_is_lost_and_counted():
    placer = Placer(TEXT, SENTENCES)
    quote = {"sents": [0], "manner": "direct", "content": "Kami pergi", "speaker": party(None)}
    rows = placer.rows({"events": [event("menolak", s=1)], "quotes": [quote]})
    assert rows == {"events": [], "quotes": []}
    assert placer.lost == 2


def test_a_speaker_is_the_nearest_outside_the_content():
    placer = Placer(TEXT, SENTENCES)
    quote = {
        "sents": [1], "manner": "direct", "content": "Kami pergi", "cue": "kata",
        "speaker": party("Rina"),
    }  # fmt: skip
    (row,) = placer.rows({"events": [], "quotes": [quote]})["quotes"]
    assert (row["span"], row["cue_span"], row["speaker"]["span"]) == ([34, 44], [47, 51], [52, 56])


def test_every_dropped_row_is_told_with_its_reason():
    counts = dict.fromkeys(account.COLUMNS, 1000)
    data = {"a": counts | {"dropped": {"too late": 2, "absent": 1}}, "b": counts | {"dropped": {}}}
    page = account.written(f"x\n{account.BEGIN}old\n{account.END}\ny", data)
    assert "| a | 1,000 | 1,000 | 1,000 | 1,000 | 1,000 | 1: absent; 2: too late |" in page
    assert page.startswith("x\n")
    assert page.endswith("\ny")
    assert "old" not in page
