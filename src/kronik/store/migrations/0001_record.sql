-- The record: pages, what was read on them, and what was refused.
-- Every offset counts Unicode code points of articles.text, end exclusive.

PRAGMA application_id = 1263685195;  -- "KRNK"

-- Who read: one row for each combination of program, weights and codebook.
CREATE TABLE readings (
    id       INTEGER PRIMARY KEY,
    kronik   TEXT NOT NULL,
    net      TEXT NOT NULL,
    codebook TEXT NOT NULL,
    UNIQUE (kronik, net, codebook)
) STRICT;

CREATE TABLE pages (
    id         TEXT PRIMARY KEY,  -- SHA-256 of the bytes as they came
    origin     TEXT NOT NULL,
    url        TEXT,
    media_type TEXT NOT NULL,
    fetched_at TEXT,
    bytes      INTEGER NOT NULL
) STRICT;

CREATE TABLE articles (
    n                   INTEGER PRIMARY KEY,  -- for the search index alone
    id                  TEXT NOT NULL UNIQUE,
    page_id             TEXT NOT NULL REFERENCES pages (id),
    source_id           TEXT NOT NULL,
    url                 TEXT,
    outlet              TEXT,
    title               TEXT,
    bylines             TEXT NOT NULL,  -- JSON list
    published           TEXT,
    published_precision TEXT,
    lang                TEXT NOT NULL,
    sha256              TEXT NOT NULL,
    text                TEXT NOT NULL,
    read_at             TEXT NOT NULL,
    reading             INTEGER NOT NULL REFERENCES readings (id)
) STRICT;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_page ON articles (page_id);

CREATE TABLE sentences (
    article_id TEXT NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
    id           TEXT PRIMARY KEY,
    article_id   TEXT NOT NULL REFERENCES articles (id),
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    text         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    chain        INTEGER NOT NULL,
    score        REAL NOT NULL,
    actor_id     TEXT,
    name         TEXT,
    country      TEXT,
    country_from TEXT,
    sector       TEXT,
    office       TEXT,
    wikidata     TEXT,
    why          TEXT
) STRICT;
CREATE INDEX mentions_article ON mentions (article_id);

CREATE TABLE quotes (
    n             INTEGER PRIMARY KEY,  -- for the search index alone
    id            TEXT NOT NULL UNIQUE,
    article_id    TEXT NOT NULL REFERENCES articles (id),
    start         INTEGER NOT NULL,
    end           INTEGER NOT NULL,
    text          TEXT NOT NULL,
    manner        TEXT NOT NULL,
    cue_start     INTEGER,
    cue_end       INTEGER,
    cue           TEXT,
    speaker_start INTEGER,
    speaker_end   INTEGER,
    speaker       TEXT,  -- as it stands there: "dia"; null for a clitic
    actor_id      TEXT,
    name          TEXT,
    country       TEXT,
    country_from  TEXT,
    sector        TEXT,
    office        TEXT,
    wikidata      TEXT,
    score         REAL NOT NULL,
    reading       INTEGER NOT NULL REFERENCES readings (id)
) STRICT;
CREATE INDEX quotes_article ON quotes (article_id);

CREATE TABLE events (
    n               INTEGER PRIMARY KEY,  -- for the search index alone
    id              TEXT NOT NULL UNIQUE,
    article_id      TEXT NOT NULL REFERENCES articles (id),
    sentence        INTEGER NOT NULL,
    sentence_text   TEXT NOT NULL,
    type            TEXT NOT NULL,
    mode            TEXT,
    contexts        TEXT NOT NULL,  -- JSON list
    quad            INTEGER NOT NULL,
    intensity       REAL NOT NULL,
    start           INTEGER NOT NULL,
    end             INTEGER NOT NULL,
    evidence        TEXT NOT NULL,  -- the words from start to end
    status          TEXT NOT NULL,
    claimed_by      TEXT REFERENCES quotes (id),
    score           REAL NOT NULL,
    runner_up       TEXT,
    runner_up_score REAL,
    reading         INTEGER NOT NULL REFERENCES readings (id),
    FOREIGN KEY (article_id, sentence) REFERENCES sentences (article_id, position)
) STRICT;
CREATE INDEX events_article ON events (article_id);
CREATE INDEX events_type ON events (type);

CREATE TABLE event_parties (
    event_id     TEXT NOT NULL REFERENCES events (id),
    role         TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
    position     INTEGER NOT NULL,
    start        INTEGER,
    end          INTEGER,
    text         TEXT,
    actor_id     TEXT,
    name         TEXT,
    country      TEXT,
    country_from TEXT,
    sector       TEXT,
    office       TEXT,
    wikidata     TEXT,
    PRIMARY KEY (event_id, role, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
    article_id TEXT NOT NULL REFERENCES articles (id),
    position   INTEGER NOT NULL,
    step       TEXT NOT NULL,
    what       TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

-- The last refusal of each place; a page that is read after all leaves this table.
CREATE TABLE quarantine (
    origin  TEXT PRIMARY KEY,  -- where it stands: a path, or file:line
    page_id TEXT,
    step    TEXT NOT NULL,
    reason  TEXT NOT NULL,
    remedy  TEXT,
    at      TEXT NOT NULL
) STRICT;

-- A claim is what one reading said. It may be doubted, in a row of its own, but not rewritten.
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;
CREATE TRIGGER parties_stay BEFORE UPDATE ON event_parties
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;
CREATE TRIGGER parties_remain BEFORE DELETE ON event_parties
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;
CREATE TRIGGER quotes_stay BEFORE UPDATE ON quotes
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;
CREATE TRIGGER quotes_remain BEFORE DELETE ON quotes
BEGIN SELECT RAISE(ABORT, 'claims are append-only'); END;

CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'articles', content_rowid = 'n',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_indexed AFTER INSERT ON articles BEGIN
    INSERT INTO article_search (rowid, title, text) VALUES (new.n, new.title, new.text);
END;

CREATE VIRTUAL TABLE quote_search USING fts5 (
    text, content = 'quotes', content_rowid = 'n',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER quotes_indexed AFTER INSERT ON quotes BEGIN
    INSERT INTO quote_search (rowid, text) VALUES (new.n, new.text);
END;

CREATE VIRTUAL TABLE event_search USING fts5 (
    sentence_text, content = 'events', content_rowid = 'n',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER events_indexed AFTER INSERT ON events BEGIN
    INSERT INTO event_search (rowid, sentence_text) VALUES (new.n, new.sentence_text);
END;
