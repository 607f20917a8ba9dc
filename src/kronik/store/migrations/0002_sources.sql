-- Where pages came from and how, copies of one text, readings that a later one replaced, and the
-- health of watched sources.

ALTER TABLE pages ADD COLUMN asked     TEXT;     -- the address that was asked for
ALTER TABLE pages ADD COLUMN redirects TEXT;     -- JSON list, in order
ALTER TABLE pages ADD COLUMN status    INTEGER;  -- of the HTTP answer
ALTER TABLE pages ADD COLUMN headers   TEXT;     -- JSON list of [name, value]

ALTER TABLE pages ADD COLUMN given     TEXT;     -- JSON: what the caller knew better than the page

-- By which items of feeds are known again.
CREATE INDEX pages_url ON pages (url);
CREATE INDEX pages_origin ON pages (origin);

-- All that is known of a refused page but its bytes, as JSON, so that it can be tried again.
ALTER TABLE quarantine ADD COLUMN page TEXT;

ALTER TABLE articles ADD COLUMN canonical     TEXT;
ALTER TABLE articles ADD COLUMN section       TEXT;
ALTER TABLE articles ADD COLUMN dateline      TEXT;
ALTER TABLE articles ADD COLUMN digest        TEXT;     -- of all that was read, but for ids
ALTER TABLE articles ADD COLUMN superseded_by TEXT REFERENCES articles (id);  -- the later reading
CREATE INDEX articles_canonical ON articles (canonical);
CREATE INDEX articles_sha256 ON articles (sha256);

-- A later reading that said the same of an article: it need not be read by that one again.
CREATE TABLE confirmations (
    article_id TEXT NOT NULL REFERENCES articles (id),
    reading    INTEGER NOT NULL REFERENCES readings (id),
    at         TEXT NOT NULL,
    PRIMARY KEY (article_id, reading)
) STRICT, WITHOUT ROWID;

-- An article that tells what another told before it: a repost, a wire text, another view of a page.
CREATE TABLE copies (
    article_id  TEXT PRIMARY KEY REFERENCES articles (id),
    original_id TEXT NOT NULL REFERENCES articles (id),  -- the earliest, and itself no copy
    by          TEXT NOT NULL CHECK (by IN ('address', 'text', 'likeness')),
    likeness    REAL NOT NULL,  -- share of its runs of four words that the original had
    at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_original ON copies (original_id);

-- What near copies are found by, so that a batch can go on where it was broken off.
CREATE TABLE signatures (
    n          INTEGER PRIMARY KEY,  -- in the order they were made
    article_id TEXT NOT NULL UNIQUE REFERENCES articles (id),
    method     TEXT NOT NULL,
    signature  BLOB NOT NULL
) STRICT;

CREATE TABLE sources (
    name          TEXT PRIMARY KEY,
    url           TEXT NOT NULL,
    since         TEXT NOT NULL,     -- when it was watched first
    silent_after  INTEGER NOT NULL,  -- seconds without a new item that are never silence
    polled_at     TEXT,
    last_item_at  TEXT,     -- when an item that was new came last
    items         INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,  -- in a row
    last_failure  TEXT,
    etag          TEXT,
    last_modified TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE source_days (
    name  TEXT NOT NULL REFERENCES sources (name),
    day   TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (name, day)
) STRICT, WITHOUT ROWID;
