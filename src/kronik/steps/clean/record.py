"""A JSONL record: an article that is clean already, kept to the letter."""

from __future__ import annotations

import msgspec

from kronik.errors import BadRecord

_MAY_BE_BLANK = ("title", "published", "url", "outlet", "lang")
_REMEDY = 'a record is {"id": "...", "text": "..."} with title, published, url, outlet, lang'


class Record(msgspec.Struct, frozen=True):
    """The fields that Kronik looks at; a record may have others."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | int | float | None = None
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None


def read(body: bytes, where: str) -> Record:
    """Decode one record; fields of nothing but white space are ``None``.

    Raises ``BadRecord``, which names the field that is amiss.
    """
    try:
        record = msgspec.json.decode(body, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord(str(error), where=where, remedy=_REMEDY) from None
    if not record.text.strip():
        raise BadRecord("the text is empty", where=where, remedy="leave the record out")
    blank = {name: None for name in _MAY_BE_BLANK if _is_blank(getattr(record, name))}
    return msgspec.structs.replace(record, **blank)


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()
