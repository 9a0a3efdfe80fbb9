-- The guard: the largest head of a log that was or will be signed.  It is
-- never in a backup and never restored; it is made by `init` alone.
CREATE TABLE guard (
  origin TEXT PRIMARY KEY,
  size   INTEGER NOT NULL CHECK (size >= 0),
  root   BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

-- Why a log must not sign any more, e.g. a head of ours that we do not know.
CREATE TABLE guard_alarm (
  seq    INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  time   INTEGER NOT NULL,   -- Unix seconds
  reason TEXT NOT NULL,      -- for people
  note   BLOB NOT NULL       -- the evidence, or empty
) STRICT;

CREATE TRIGGER guard_only_larger BEFORE UPDATE ON guard
WHEN new.origin <> old.origin OR new.size <= old.size
BEGIN SELECT raise(ABORT, 'guard: only to a larger head'); END;

CREATE TRIGGER guard_no_delete BEFORE DELETE ON guard
BEGIN SELECT raise(ABORT, 'guard: for life'); END;

CREATE TRIGGER guard_alarm_no_update BEFORE UPDATE ON guard_alarm
BEGIN SELECT raise(ABORT, 'guard: append-only'); END;

CREATE TRIGGER guard_alarm_no_delete BEFORE DELETE ON guard_alarm
BEGIN SELECT raise(ABORT, 'guard: append-only'); END;
