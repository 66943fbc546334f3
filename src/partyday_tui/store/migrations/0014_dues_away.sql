-- Months in which a floating member pays dues to the party organisation of the place they went to, and owes none here. Never changed: of
-- the rows with one first month the latest holds, a withdrawn one takes it back.

CREATE TABLE dues_away (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  first_month TEXT NOT NULL CHECK (first_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(first_month, 6) BETWEEN '01' AND '12'),
  last_month TEXT CHECK (last_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(last_month, 6) BETWEEN '01' AND '12'),
  place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 80),
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  CHECK (last_month IS NULL OR first_month <= last_month)
) STRICT;
CREATE INDEX dues_away_of_member ON dues_away (member_id, first_month, id);

CREATE TRIGGER dues_away_is_never_changed BEFORE UPDATE ON dues_away BEGIN SELECT RAISE(ABORT, 'dues_away is append-only'); END;
CREATE TRIGGER dues_away_is_never_deleted BEFORE DELETE ON dues_away BEGIN SELECT RAISE(ABORT, 'dues_away is append-only'); END;
