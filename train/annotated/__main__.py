"""``python -m train.annotated labels|authored OUT.jsonl FOLDER ...``: files of annotators and
authors, put together into the file that training reads.

``labels`` takes pairs ANNOTATIONS DOCUMENTS of folders with a JSON file a text, and leaves the
texts out: a line has the text's id, hash and offsets. ``authored`` takes files of our own writing
(lists of runs of sentences with annotations) and keeps the text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from train.annotated.place import Json, Placer, bare

SOURCE = {
    "set": "authored",
    "licence": "MIT",
    "notice": "Written for Kronik: an invented text, not a report, and no person is quoted.",
}


def labels(pairs: Sequence[Path]) -> Iterator[tuple[Json, int]]:
    """Lines without texts, each with how many records were lost."""
    for annotated, documents in zip(pairs[::2], pairs[1::2], strict=True):
        for path in sorted(annotated.glob("*.json")):
            document = json.loads((documents / path.name).read_text("utf8"))
            text, sentences = document["text"], document["sentences"]
            placer = Placer(text, sentences)
            rows = placer.rows(json.loads(path.read_text("utf8")))
            source = document["source"]
            line = {
                "id": source["id"],
                "set": source["set"],
                "lang": document.get("lang", "id" if source["set"] == "news-id" else "en"),
                "sha256": sha256(text.encode()).hexdigest(),
                "sentences": sentences,
            }
            yield line | bare(rows), placer.lost


def authored(files: Iterable[Path]) -> Iterator[tuple[Json, int]]:
    """Lines with their texts; sentences are joined by a space."""
    number = {"id": 0, "en": 0}
    for path in files:
        for run in json.loads(path.read_text("utf8")):
            text, sentences = " ".join(run["sentences"]), []
            at = 0
            for sentence in run["sentences"]:
                sentences.append([at, at + len(sentence)])
                at += len(sentence) + 1
            number[run["lang"]] += 1
            head = {
                "id": f"authored-{path.stem}-{number[run['lang']]:03d}",
                "source": SOURCE,
                **{key: run[key] for key in ("outlet", "date", "lang", "title")},
                "sha256": sha256(text.encode()).hexdigest(),
                "text": text,
                "sentences": sentences,
            }
            placer = Placer(text, sentences)
            yield head | placer.rows(run), placer.lost


def main() -> None:
    """Write the file; say how many records could not be placed."""
    parser = argparse.ArgumentParser(prog="python -m train.annotated", description=__doc__)
    parser.add_argument("kind", choices=("labels", "authored"))
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("inputs", type=Path, nargs="+", metavar="PATH")
    asked = parser.parse_args()
    read = labels if asked.kind == "labels" else authored
    texts = events = quotes = lost = 0
    with asked.out.open("w", encoding="utf8") as out:
        for line, missing in read(asked.inputs):
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            texts, lost = texts + 1, lost + missing
            events, quotes = events + len(line["events"]), quotes + len(line["quotes"])
    print(f"{texts} texts, {events} events, {quotes} quotes; {lost} records not in their text")
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
