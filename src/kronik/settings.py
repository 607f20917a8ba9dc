"""One frozen ``Settings``, read once at the door (``cli``) and handed down in the ``Kit``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Web:
    """How pages are fetched from the web, and what of it is too much (``docs/fetching.md``)."""

    contact: str = ""
    """An address or page by which a site's owner can reach whoever runs this; it goes into the
    User-Agent."""
    ports: tuple[int, ...] = (80, 443, 8080, 8443)
    """Ports that may be asked."""
    seconds: float = 60.0
    """One request that takes longer, from looking up the name to the last byte, is broken off."""
    read_seconds: float = 20.0
    """A server that sends nothing for longer is given up."""
    redirects: int = 8
    """More hops from one address to the next are refused."""
    delay: float = 1.0
    """Seconds from the end of one request to the start of the next at the same host."""
    longest_delay: float = 30.0
    """The most of a robots.txt's Crawl-delay that is obeyed, in seconds."""
    tries: int = 4
    """How often one address is asked for while it fails in a way that may pass."""
    backoff: float = 2.0
    """Seconds before the second try, and twice as many before each after it; to each, up to this
    many are added by chance."""
    longest_wait: float = 120.0
    """A wait longer than this, before another try, is not made: the page is refused for now."""
    fresh_seconds: float = 3600.0
    """A page in the cache that is younger is not asked for again."""
    cache_days: float = 30.0
    """Pages that were not asked for in so long are dropped from the cache."""
    items: int = 200_000
    """Items of one feed or sitemap, with those of the sitemaps that it leads to; more are left
    out, and told."""
    sitemaps: int = 200
    """Sitemaps that an index of them may lead to; more are left out, and told."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and thresholds. The defaults are what the model card's scores were measured with."""

    max_bytes: int = 20_000_000
    """A page larger than this is refused before it is parsed."""
    max_ratio: int = 250
    """What is packed may unpack to as many times its size; more is refused. Pages reach 10."""
    max_copied: int = 4_000_000_000
    """An archive or Parquet file that comes by a pipe is copied to disk up to so many bytes."""
    max_chars: int = 300_000
    """An article text longer than this is refused: no news article is."""
    min_score: float | None = None
    """Events and quotes below this score are left out; None is where the network's card says that
    F1 is best, for events and quotes apart."""
    threads: int = 0
    """Pages of a batch that are read at once; 0 is one for each core, up to 8."""
    page_seconds: float = 300.0
    """A page of a batch in processes that takes longer is refused."""
    web: Web = Web()
    """How addresses are fetched."""
