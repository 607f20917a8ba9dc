"""The record in one SQLite file: written one page a transaction, read back through filters."""

from kronik.store.again import Kept
from kronik.store.copies import Copy, Marked, Marker, Originals, Told
from kronik.store.database import Store
from kronik.store.health import Health, SourceRow
from kronik.store.pages import PageFiles
from kronik.store.read import ArticleRow, Claim, EventRow, Filter, PartyRow, QuoteRow, RefusalRow

__all__ = [
    "ArticleRow",
    "Claim",
    "Copy",
    "EventRow",
    "Filter",
    "Health",
    "Kept",
    "Marked",
    "Marker",
    "Originals",
    "PageFiles",
    "PartyRow",
    "QuoteRow",
    "RefusalRow",
    "SourceRow",
    "Store",
    "Told",
]
