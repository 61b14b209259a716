-- Works, their editions, the provision tree, references, sources and the log of changes.

CREATE TABLE regulation (  -- 规范: a work, whatever its editions
    id    INTEGER PRIMARY KEY,
    work  TEXT NOT NULL UNIQUE,  -- corpus.titles.work_key
    title TEXT NOT NULL          -- of its latest edition
);

CREATE TABLE edition (  -- 版本; dates are ISO and may be cut, '' is unknown; the text stands last so that lists skip it
    id            INTEGER PRIMARY KEY,
    regulation_id INTEGER NOT NULL REFERENCES regulation (id),
    title         TEXT NOT NULL,
    date          TEXT NOT NULL,
    issuer        TEXT NOT NULL,
    number        TEXT NOT NULL,
    adopted       TEXT NOT NULL,
    issued        TEXT NOT NULL,
    effective     TEXT NOT NULL,
    repealed      TEXT NOT NULL,
    expires       TEXT NOT NULL,
    level         TEXT NOT NULL,
    region        TEXT NOT NULL,
    trial         INTEGER NOT NULL CHECK (trial IN (0, 1)),
    lapses        INTEGER NOT NULL CHECK (lapses IN (0, 1)),
    validity      TEXT NOT NULL,
    successor     TEXT NOT NULL,
    licence       TEXT NOT NULL,
    articles      INTEGER NOT NULL,
    provisions    INTEGER NOT NULL,
    characters    INTEGER NOT NULL,
    digest        TEXT NOT NULL,  -- sha256 of the text and its tree
    text          TEXT NOT NULL,
    UNIQUE (title, date)
);
CREATE INDEX edition_regulation ON edition (regulation_id);

CREATE TABLE provision (  -- 条款 in document order; its words are text[start:stop] of the edition
    edition_id INTEGER NOT NULL REFERENCES edition (id),
    position   INTEGER NOT NULL,
    parent     INTEGER,
    kind       TEXT NOT NULL,
    path       TEXT NOT NULL,
    number     INTEGER,
    branch     INTEGER NOT NULL,
    label      TEXT NOT NULL,
    heading    TEXT NOT NULL,
    start      INTEGER NOT NULL,
    stop       INTEGER NOT NULL CHECK (stop >= start),
    PRIMARY KEY (edition_id, position),
    UNIQUE (edition_id, path),
    FOREIGN KEY (edition_id, parent) REFERENCES provision (edition_id, position)
) WITHOUT ROWID;
CREATE INDEX provision_parent ON provision (edition_id, parent);

CREATE TABLE reference (  -- 引用: derived, replaced whenever newly stored works resolve more of it
    edition_id INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    path       TEXT NOT NULL,
    start      INTEGER NOT NULL,
    stop       INTEGER NOT NULL CHECK (stop >= start),
    words      TEXT NOT NULL,
    target     TEXT NOT NULL,  -- identifier of a provision or edition, '' if unresolved
    reason     TEXT NOT NULL,
    citation   TEXT NOT NULL,  -- canonical citation of another text, '' inside the edition
    PRIMARY KEY (edition_id, position),
    FOREIGN KEY (edition_id, path) REFERENCES provision (edition_id, path)
) WITHOUT ROWID;
CREATE INDEX reference_path ON reference (edition_id, path);
CREATE INDEX reference_target ON reference (target) WHERE target <> '';

CREATE TABLE repeal (  -- 同时废止: titles that an edition repeals
    edition_id INTEGER NOT NULL REFERENCES edition (id),
    position   INTEGER NOT NULL,
    title      TEXT NOT NULL,
    work       TEXT NOT NULL,
    PRIMARY KEY (edition_id, position)
) WITHOUT ROWID;

CREATE TABLE source (  -- 来源: the files an edition was read from; position 0 is the one stored
    edition_id INTEGER NOT NULL REFERENCES edition (id),
    position   INTEGER NOT NULL,
    file       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    ingested   TEXT NOT NULL,  -- UTC
    report     TEXT NOT NULL,  -- JSON, '' if none was given
    PRIMARY KEY (edition_id, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX source_sha256 ON source (sha256) WHERE sha256 <> '';

CREATE TABLE log (  -- 变更记录
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,  -- UTC
    action  TEXT NOT NULL,
    edition TEXT NOT NULL,
    detail  TEXT NOT NULL
);

CREATE TABLE stale (  -- what is derived from all editions and must be made anew since one came or went: 'links'
    what TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE removal (  -- editions being removed: the only ones whose rows may be deleted
    edition_id INTEGER PRIMARY KEY
);

CREATE TRIGGER edition_is_immutable BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, '版本不可修改'); END;

CREATE TRIGGER provision_is_immutable BEFORE UPDATE ON provision
BEGIN SELECT RAISE(ABORT, '条款不可修改'); END;

CREATE TRIGGER log_is_immutable BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, '变更记录不可修改'); END;

CREATE TRIGGER edition_is_kept BEFORE DELETE ON edition
WHEN NOT EXISTS (SELECT 1 FROM removal WHERE edition_id = OLD.id)
BEGIN SELECT RAISE(ABORT, '版本不可删除'); END;

CREATE TRIGGER provision_is_kept BEFORE DELETE ON provision
WHEN NOT EXISTS (SELECT 1 FROM removal WHERE edition_id = OLD.edition_id)
BEGIN SELECT RAISE(ABORT, '条款不可删除'); END;

CREATE TRIGGER log_is_kept BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, '变更记录不可删除'); END;
