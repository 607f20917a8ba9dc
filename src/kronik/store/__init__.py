"""The record in one SQLite file: written one page a transaction, read back through filters."""

from kronik.store.database import Store
from kronik.store.read import ArticleRow, Claim, EventRow, Filter, PartyRow, QuoteRow, RefusalRow

__all__ = [
    "ArticleRow",
    "Claim",
    "EventRow",
    "Filter",
    "PartyRow",
    "QuoteRow",
    "RefusalRow",
    "Store",
]
