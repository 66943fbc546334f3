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
