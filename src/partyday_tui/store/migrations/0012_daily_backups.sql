-- A generation may also be made by the program itself, once a day of use, on this computer.

CREATE TABLE backup_anew (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 999999),
  begun_at TEXT NOT NULL CHECK (length(begun_at) = 25),
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'before_restore', 'daily')),
  place TEXT NOT NULL CHECK (length(place) <= 200)
) STRICT;
INSERT INTO backup_anew SELECT * FROM backup;
DROP TABLE backup;
ALTER TABLE backup_anew RENAME TO backup;

CREATE TRIGGER backup_is_never_changed BEFORE UPDATE ON backup BEGIN SELECT RAISE(ABORT, 'backup is append-only'); END;
CREATE TRIGGER backup_is_never_deleted BEFORE DELETE ON backup BEGIN SELECT RAISE(ABORT, 'backup is append-only'); END;
