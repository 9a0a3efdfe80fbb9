-- A fifth kind of edition:
--   recusals     who may not be sent to whom, one line a target
--                [code, certificates, reasons], key: code; `activate`
-- An edition of recusals may be empty.  A CHECK can only be changed with its
-- table: the three tables of 0001 are made again, their rows moved over.
CREATE TABLE edition_2 (
  kind     TEXT NOT NULL
           CHECK (kind IN ('targets', 'inspectors', 'items', 'plan',
                           'recusals')),
  version  INTEGER NOT NULL CHECK (version >= 1), -- 1, 2, 3 … per kind
  created  INTEGER NOT NULL,  -- Unix seconds of the import
  file     BLOB NOT NULL CHECK (length(file) = 32),   -- SHA-256 of the CSV
  digest   BLOB NOT NULL CHECK (length(digest) = 32), -- SHA-256 of all lines
  year     INTEGER NOT NULL,  -- of a plan, else 0
  count    INTEGER NOT NULL   -- lines
           CHECK (count >= 1 OR (count = 0 AND kind = 'recusals')),
  warnings INTEGER NOT NULL CHECK (warnings >= 0),    -- accepted at import
  PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition_page_2 (
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  page    INTEGER NOT NULL CHECK (page >= 0),
  first   TEXT NOT NULL,     -- key of the first line
  body    BLOB NOT NULL,
  PRIMARY KEY (kind, version, page),
  FOREIGN KEY (kind, version) REFERENCES edition_2 (kind, version)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE edition_active_2 (
  seq     INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  time    INTEGER NOT NULL,  -- Unix seconds
  FOREIGN KEY (kind, version) REFERENCES edition_2 (kind, version)
) STRICT;

INSERT INTO edition_2 (kind, version, created, file, digest, year, count,
                       warnings)
SELECT kind, version, created, file, digest, year, count, warnings
FROM edition;
INSERT INTO edition_page_2 (kind, version, page, first, body)
SELECT kind, version, page, first, body FROM edition_page;
INSERT INTO edition_active_2 (seq, kind, version, time)
SELECT seq, kind, version, time FROM edition_active;

DROP TABLE edition_page;
DROP TABLE edition_active;
DROP TABLE edition;
ALTER TABLE edition_2 RENAME TO edition;
ALTER TABLE edition_page_2 RENAME TO edition_page;
ALTER TABLE edition_active_2 RENAME TO edition_active;
CREATE INDEX edition_page_first ON edition_page (kind, version, first, page);

CREATE TRIGGER edition_only_next BEFORE INSERT ON edition
WHEN new.version <> (SELECT coalesce(max(version) + 1, 1)
                     FROM edition WHERE kind = new.kind)
BEGIN SELECT raise(ABORT, 'edition: version out of order'); END;

CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition
BEGIN SELECT raise(ABORT, 'edition: never changes'); END;

CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition
BEGIN SELECT raise(ABORT, 'edition: never changes'); END;

CREATE TRIGGER edition_page_no_late BEFORE INSERT ON edition_page
WHEN EXISTS (SELECT 1 FROM edition
             WHERE kind = new.kind AND version = new.version)
BEGIN SELECT raise(ABORT, 'edition: never changes'); END;

CREATE TRIGGER edition_page_no_update BEFORE UPDATE ON edition_page
BEGIN SELECT raise(ABORT, 'edition: never changes'); END;

CREATE TRIGGER edition_page_no_delete BEFORE DELETE ON edition_page
BEGIN SELECT raise(ABORT, 'edition: never changes'); END;

CREATE TRIGGER edition_active_no_update BEFORE UPDATE ON edition_active
BEGIN SELECT raise(ABORT, 'edition: append-only'); END;

CREATE TRIGGER edition_active_no_delete BEFORE DELETE ON edition_active
BEGIN SELECT raise(ABORT, 'edition: append-only'); END;

-- Which version of the recusals a draw was frozen with; 0: none in force.
ALTER TABLE draw_freeze ADD COLUMN recusals INTEGER NOT NULL DEFAULT 0;
