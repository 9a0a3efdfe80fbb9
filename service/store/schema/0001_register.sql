-- Editions: the two libraries and the two lists, in versions that never
-- change.  kind:
--   targets      the register of inspection targets
--   inspectors   the roster of inspectors
--   items        what may be inspected, with the article of law
--   plan         the annual plan, one line a stratum
-- An edition is staged by `import`.  Targets and inspectors come into force
-- by `activate`, items and plan by `publish`.
CREATE TABLE edition (
  kind     TEXT NOT NULL
           CHECK (kind IN ('targets', 'inspectors', 'items', 'plan')),
  version  INTEGER NOT NULL CHECK (version >= 1), -- 1, 2, 3 … per kind
  created  INTEGER NOT NULL,  -- Unix seconds of the import
  file     BLOB NOT NULL CHECK (length(file) = 32),   -- SHA-256 of the CSV
  digest   BLOB NOT NULL CHECK (length(digest) = 32), -- SHA-256 of all lines
  year     INTEGER NOT NULL,  -- of a plan, else 0
  count    INTEGER NOT NULL CHECK (count >= 1),       -- lines
  warnings INTEGER NOT NULL CHECK (warnings >= 0),    -- accepted at import
  PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

-- The lines of an edition in ascending order of their keys, some hundreds on
-- a page: a register of millions is written and read in long runs of bytes.
-- A line is canonical JSON and ends with one newline:
--   targets      [code, name, type, district, risk, tags], key: code
--   inspectors   [certificate, name, unit, department, district,
--                 qualification, expiry, cap], key: certificate
--   items, plan  an object as FORMAT 3.2 and 3.3 say, key: code
-- digest = SHA-256 of the bodies of all pages, one after the other.
-- Pages are written before their edition, and never after it.
CREATE TABLE edition_page (
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  page    INTEGER NOT NULL CHECK (page >= 0),
  first   TEXT NOT NULL,     -- key of the first line
  body    BLOB NOT NULL,
  PRIMARY KEY (kind, version, page),
  FOREIGN KEY (kind, version) REFERENCES edition (kind, version)
    DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX edition_page_first ON edition_page (kind, version, first, page);

-- One line for every time an edition comes into force; of each kind the last
-- one is in force.
CREATE TABLE edition_active (
  seq     INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  version INTEGER NOT NULL,
  time    INTEGER NOT NULL,  -- Unix seconds
  FOREIGN KEY (kind, version) REFERENCES edition (kind, version)
) STRICT;

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
