-- What the log does not say of draws: secrets, and what they were made from.
-- Everything else of a draw is read from its entries.

-- The secrets of seed books, one row a slot.
CREATE TABLE seed_slot (
  book   BLOB    NOT NULL CHECK (length(book) = 32), -- H(seed-book entry)
  slot   INTEGER NOT NULL CHECK (slot >= 0),
  sealed BLOB    NOT NULL,                           -- keyring_seal(s)
  PRIMARY KEY (book, slot)
) STRICT, WITHOUT ROWID;

-- The two keys of a frozen draw and the very bytes of F, kept before F is
-- appended; a restart uses them again and never makes new ones.
CREATE TABLE draw_freeze (
  draw       INTEGER PRIMARY KEY CHECK (draw > 0),
  sealed     BLOB    NOT NULL, -- keyring_seal(frame_key || roster_key)
  targets    INTEGER NOT NULL, -- version of the register
  inspectors INTEGER NOT NULL, -- version of the roster
  entry      BLOB    NOT NULL  -- F, without the custodian's signature
) STRICT;

-- The register's value that a stratum stands for; not published.
CREATE TABLE draw_value (
  draw    INTEGER NOT NULL,
  stratum INTEGER NOT NULL,    -- index in A's order
  value   TEXT    NOT NULL,
  PRIMARY KEY (draw, stratum)
) STRICT, WITHOUT ROWID;

-- What a salted digest of an entry stands for.
CREATE TABLE draw_salt (
  entry  INTEGER NOT NULL,     -- its place in the log
  use    TEXT    NOT NULL CHECK (use IN ('why', 'evidence', 'actor1', 'actor2')),
  sealed BLOB    NOT NULL,     -- keyring_seal(salt || bytes)
  PRIMARY KEY (entry, use)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER seed_slot_no_update BEFORE UPDATE ON seed_slot
BEGIN SELECT raise(ABORT, 'seed slots never change'); END;
CREATE TRIGGER seed_slot_no_delete BEFORE DELETE ON seed_slot
BEGIN SELECT raise(ABORT, 'seed slots never change'); END;
CREATE TRIGGER draw_freeze_no_update BEFORE UPDATE ON draw_freeze
BEGIN SELECT raise(ABORT, 'a freeze never changes'); END;
CREATE TRIGGER draw_freeze_no_delete BEFORE DELETE ON draw_freeze
BEGIN SELECT raise(ABORT, 'a freeze never changes'); END;
CREATE TRIGGER draw_value_no_update BEFORE UPDATE ON draw_value
BEGIN SELECT raise(ABORT, 'announced strata never change'); END;
CREATE TRIGGER draw_salt_no_update BEFORE UPDATE ON draw_salt
BEGIN SELECT raise(ABORT, 'salts never change'); END;
