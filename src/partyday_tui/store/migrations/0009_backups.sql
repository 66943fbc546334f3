-- The backups that this book knows of, by generation: what was begun, and each time a finished file was read back and found whole.
-- A generation is a counter, never a clock; its row is in the copy that it made.

CREATE TABLE backup (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 999999),
  begun_at TEXT NOT NULL CHECK (length(begun_at) = 25),
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'before_restore')),
  place TEXT NOT NULL CHECK (length(place) <= 200)
) STRICT;

CREATE TABLE backup_check (
  id INTEGER PRIMARY KEY,
  backup_id INTEGER NOT NULL REFERENCES backup (id),
  checked_at TEXT NOT NULL CHECK (length(checked_at) = 25),
  what TEXT NOT NULL CHECK (what IN ('written', 'found_whole')),
  place TEXT NOT NULL CHECK (length(place) <= 200),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;
CREATE INDEX backup_check_by_backup ON backup_check (backup_id, what);

CREATE TRIGGER backup_is_never_changed BEFORE UPDATE ON backup BEGIN SELECT RAISE(ABORT, 'backup is append-only'); END;
CREATE TRIGGER backup_is_never_deleted BEFORE DELETE ON backup BEGIN SELECT RAISE(ABORT, 'backup is append-only'); END;
CREATE TRIGGER backup_check_is_never_changed BEFORE UPDATE ON backup_check BEGIN SELECT RAISE(ABORT, 'backup_check is append-only'); END;
CREATE TRIGGER backup_check_is_never_deleted BEFORE DELETE ON backup_check BEGIN SELECT RAISE(ABORT, 'backup_check is append-only'); END;
