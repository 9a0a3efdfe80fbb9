-- The log: the only source of truth about what was announced, frozen,
-- revealed and drawn.  FORMAT section 2 and 3.

-- Whose log this is; one row, written by `init`, for life.
CREATE TABLE log_identity (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  origin  TEXT NOT NULL,     -- also the name of the log's key
  vkey    TEXT NOT NULL,     -- the verifier key in one line
  guard   TEXT NOT NULL,     -- path of the guard; '' = guard.db beside us
  created INTEGER NOT NULL   -- Unix seconds
) STRICT;

-- The canonical policy texts; the last one is in force.
CREATE TABLE log_policy (
  seq    INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32), -- SHA-256 of text
  text   BLOB NOT NULL,
  time   INTEGER NOT NULL    -- Unix seconds
) STRICT;

CREATE TABLE log_entry (
  seq   INTEGER PRIMARY KEY, -- place in the log, from 0, without gaps
  kind  TEXT NOT NULL,       -- as in body; unknown kinds are carried
  draw  INTEGER NOT NULL CHECK (draw >= 0), -- as in body; 0 = of no draw
  time  INTEGER NOT NULL CHECK (time >= 0), -- as in body; never runs back
  body  BLOB NOT NULL CHECK (length(body) <= 65535) -- exactly as published
) STRICT;

CREATE INDEX log_entry_draw ON log_entry (draw, kind, seq);

-- Of these a draw has one for ever, whatever the program above thinks.
CREATE UNIQUE INDEX log_entry_once ON log_entry (draw, kind)
  WHERE kind IN ('log', 'announcement', 'freeze', 'reveal', 'beacon', 'draw',
                 'void', 'opening', 'annul');

-- Full hash tiles, 256 hashes each.  FORMAT: tile/<level>/<number>.
CREATE TABLE log_tile (
  level  INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
  number INTEGER NOT NULL CHECK (number >= 0),
  body   BLOB NOT NULL CHECK (length(body) = 8192),
  PRIMARY KEY (level, number)
) STRICT;

-- The rightmost tile of each level while it is not full: 0 to 255 hashes.
CREATE TABLE log_edge (
  level INTEGER PRIMARY KEY CHECK (level BETWEEN 0 AND 7),
  body  BLOB NOT NULL CHECK (length(body) % 32 = 0 AND length(body) < 8192)
) STRICT;

-- One row for every size that is or will be signed.  The key and the guard
-- make a second root for a size impossible.
CREATE TABLE log_head (
  size      INTEGER PRIMARY KEY CHECK (size >= 0),
  root      BLOB NOT NULL CHECK (length(root) = 32),
  line      TEXT,            -- our signature line; NULL until signed
  published INTEGER NOT NULL CHECK (published IN (0, 1)), -- 1: may be served
  CHECK (published = (line IS NOT NULL))
) STRICT;

-- What witnesses said of a head, in the order of their clocks.  The earliest
-- line of each proves "on time", the latest "late".
CREATE TABLE log_cosignature (
  size    INTEGER NOT NULL REFERENCES log_head (size),
  witness TEXT NOT NULL,     -- the witness's verifier key
  time    INTEGER NOT NULL CHECK (time >= 0), -- Unix seconds, the witness's
  line    TEXT NOT NULL,     -- the signature line with its newline
  PRIMARY KEY (size, witness, time)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_identity_no_update BEFORE UPDATE ON log_identity
BEGIN SELECT raise(ABORT, 'log: for life'); END;

CREATE TRIGGER log_identity_no_delete BEFORE DELETE ON log_identity
BEGIN SELECT raise(ABORT, 'log: for life'); END;

CREATE TRIGGER log_policy_no_update BEFORE UPDATE ON log_policy
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_policy_no_delete BEFORE DELETE ON log_policy
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_entry_only_next BEFORE INSERT ON log_entry
WHEN new.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM log_entry)
BEGIN SELECT raise(ABORT, 'log: entry out of order'); END;

CREATE TRIGGER log_entry_time_runs BEFORE INSERT ON log_entry
WHEN new.time < (SELECT time FROM log_entry ORDER BY seq DESC LIMIT 1)
BEGIN SELECT raise(ABORT, 'log: time runs backwards'); END;

CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_entry_no_delete BEFORE DELETE ON log_entry
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_tile_no_update BEFORE UPDATE ON log_tile
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_tile_no_delete BEFORE DELETE ON log_tile
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_edge_no_delete BEFORE DELETE ON log_edge
BEGIN SELECT raise(ABORT, 'log: an edge only changes'); END;

-- A new head is larger than all others, and none waits for its signature.
CREATE TRIGGER log_head_only_larger BEFORE INSERT ON log_head
WHEN new.size <= (SELECT max(size) FROM log_head)
  OR EXISTS (SELECT 1 FROM log_head WHERE published = 0)
BEGIN SELECT raise(ABORT, 'log: head out of order'); END;

-- The only change: from unsigned to published.
CREATE TRIGGER log_head_only_published BEFORE UPDATE ON log_head
WHEN old.published <> 0 OR new.published <> 1
  OR new.size <> old.size OR new.root <> old.root
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_cosignature_no_update BEFORE UPDATE ON log_cosignature
BEGIN SELECT raise(ABORT, 'log: append-only'); END;

CREATE TRIGGER log_cosignature_no_delete BEFORE DELETE ON log_cosignature
BEGIN SELECT raise(ABORT, 'log: append-only'); END;
