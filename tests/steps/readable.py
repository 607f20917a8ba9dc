"""Pages and a kit for tests of the clean step: no network and no look-up tables are in it."""

from __future__ import annotations

import json
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from kronik import lang
from kronik.settings import Settings
from kronik.types import Page

SENTENCES = (
    "Menteri Harun meninjau bendungan yang retak akibat gempa pada Ahad lalu.",
    "Ia memerintahkan balai sungai mengosongkan separuh isi bendungan itu.",
    "Warga di hilir telah mengungsi ke balai kecamatan sejak semalam.",
    "Palang Merah mengirim tenda dan dapur umum untuk para pengungsi.",
    "Perbaikan bendungan itu diperkirakan memakan waktu enam bulan.",
)
STORY = "\n".join(SENTENCES)


def kit(**limits: Any) -> Any:
    packs = {code: lang.get(code) for code in lang.CODES}
    return SimpleNamespace(settings=Settings(**limits), packs=packs, pack=lang.get)


def page(body: str | bytes, media_type: str = "text/plain") -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(sha256(raw).hexdigest(), "tests/page", media_type, raw)


def web(body: str | bytes) -> Page:
    return page(body, "text/html")


def record(**fields: Any) -> Page:
    return page(json.dumps(fields), "application/x-kronik-record+json")
