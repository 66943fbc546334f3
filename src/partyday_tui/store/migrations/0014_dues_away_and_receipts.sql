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

-- The number of the receipt that a hand-over brought in afterwards: the ledger's entry stays as it was written, the latest number holds.

CREATE TABLE dues_receipt (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  entry_id INTEGER NOT NULL REFERENCES dues_entry (id),
  receipt_no TEXT NOT NULL CHECK (length(receipt_no) BETWEEN 1 AND 80)
) STRICT;
CREATE INDEX dues_receipt_of_entry ON dues_receipt (entry_id);

CREATE TRIGGER dues_receipt_is_for_a_hand_over BEFORE INSERT ON dues_receipt
WHEN NOT EXISTS (SELECT 1 FROM dues_entry WHERE id = NEW.entry_id AND kind = 'remittance' AND reverses IS NULL)
BEGIN SELECT RAISE(ABORT, 'a receipt is for a hand-over'); END;
CREATE TRIGGER dues_receipt_is_never_changed BEFORE UPDATE ON dues_receipt BEGIN SELECT RAISE(ABORT, 'dues_receipt is append-only'); END;
CREATE TRIGGER dues_receipt_is_never_deleted BEFORE DELETE ON dues_receipt BEGIN SELECT RAISE(ABORT, 'dues_receipt is append-only'); END;
