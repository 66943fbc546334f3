-- Dues: who brought the money (payer) is kept beside the pot that holds it (cash, wechat, transfer); 'proxy' stays for entries of before,
-- whose money counts as cash. A month closed on one of its own days stays open for entries dated on that day. Notes of a month not closed
-- yet are kept as they are made. Rows, keys and hashes of the ledger stay what they were.

CREATE TABLE dues_entry_anew (
  id INTEGER PRIMARY KEY CHECK (typeof(id) = 'integer' AND id > 0),
  act_id INTEGER NOT NULL REFERENCES act (id),
  request_key TEXT NOT NULL UNIQUE CHECK (length(request_key) BETWEEN 1 AND 80),
  kind TEXT NOT NULL CHECK (kind IN ('dues', 'back', 'ahead', 'voluntary', 'large', 'remittance', 'returned', 'used')),
  amount_fen INTEGER NOT NULL CHECK (typeof(amount_fen) = 'integer' AND amount_fen <> 0 AND amount_fen BETWEEN -1000000000000 AND 1000000000000),
  month TEXT CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER REFERENCES member (id),
  member_name TEXT NOT NULL DEFAULT '' CHECK (length(member_name) <= 40),
  due_fen INTEGER CHECK (due_fen IS NULL OR (typeof(due_fen) = 'integer' AND due_fen BETWEEN 0 AND 1000000000000)),
  method TEXT NOT NULL CHECK (method IN ('cash', 'wechat', 'transfer', 'proxy')),
  payer TEXT NOT NULL DEFAULT '' CHECK (length(payer) <= 40),
  taken_by TEXT NOT NULL DEFAULT '' CHECK (length(taken_by) <= 40),
  receipt_no TEXT NOT NULL DEFAULT '' CHECK (length(receipt_no) <= 80),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  reverses INTEGER REFERENCES dues_entry (id),
  entered_at TEXT NOT NULL CHECK (length(entered_at) = 25),
  chain TEXT NOT NULL CHECK (length(chain) = 64 AND chain NOT GLOB '*[^0-9a-f]*'),
  CHECK ((reverses IS NULL) = (amount_fen > 0)),
  CHECK ((kind IN ('dues', 'back', 'ahead')) = (month IS NOT NULL)),
  CHECK ((kind IN ('remittance', 'returned', 'used')) = (member_id IS NULL)),
  CHECK (member_id IS NULL OR member_name <> ''),
  CHECK (method <> 'proxy' OR payer <> ''),
  CHECK (payer = '' OR member_id IS NOT NULL),
  CHECK (kind <> 'large' OR abs(amount_fen) > 100000),
  CHECK (reverses IS NULL OR note <> '')
) STRICT;
INSERT INTO dues_entry_anew SELECT * FROM dues_entry;
DROP TABLE dues_entry;
ALTER TABLE dues_entry_anew RENAME TO dues_entry;
CREATE UNIQUE INDEX dues_entry_reversed_once ON dues_entry (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX dues_entry_by_month ON dues_entry (month, member_id, amount_fen, on_date) WHERE month IS NOT NULL;
CREATE INDEX dues_entry_of_member ON dues_entry (member_id, month, amount_fen);
CREATE INDEX dues_entry_by_pot ON dues_entry (kind, method, on_date, amount_fen);

CREATE TABLE dues_close_note (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  month TEXT NOT NULL CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
  member_id INTEGER NOT NULL REFERENCES member (id),
  state TEXT NOT NULL CHECK (state IN ('', 'deferred', 'unpaid')),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  CHECK ((state = 'deferred') = (reason <> ''))
) STRICT;
CREATE INDEX dues_close_note_of_month ON dues_close_note (month, member_id);

CREATE TRIGGER dues_entry_reversal_mirrors BEFORE INSERT ON dues_entry WHEN NEW.reverses IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM dues_entry e WHERE e.id = NEW.reverses AND e.reverses IS NULL AND e.kind = NEW.kind AND e.amount_fen = -NEW.amount_fen
    AND e.month IS NEW.month AND e.member_id IS NEW.member_id AND e.member_name = NEW.member_name AND e.due_fen IS NEW.due_fen
    AND e.method = NEW.method AND e.payer = NEW.payer AND e.receipt_no = NEW.receipt_no AND e.on_date <= NEW.on_date
) BEGIN SELECT RAISE(ABORT, 'a reversal mirrors its entry'); END;
CREATE TRIGGER dues_entry_follows_the_last BEFORE INSERT ON dues_entry
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM dues_entry)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
CREATE TRIGGER dues_entry_not_in_a_closed_month BEFORE INSERT ON dues_entry
WHEN EXISTS (SELECT 1 FROM dues_month_close WHERE NEW.on_date < through OR (NEW.on_date = through AND through < closed_on))
BEGIN SELECT RAISE(ABORT, 'the day is closed'); END;
CREATE TRIGGER dues_entry_has_kept_its_time BEFORE INSERT ON dues_entry
WHEN (NEW.kind = 'dues' AND NEW.reverses IS NULL AND NEW.month <> substr(NEW.on_date, 1, 7))
  OR (NEW.kind = 'back' AND NEW.reverses IS NULL AND NEW.month >= substr(NEW.on_date, 1, 7))
  OR (NEW.kind = 'ahead' AND NEW.reverses IS NULL AND NEW.month <= substr(NEW.on_date, 1, 7))
BEGIN SELECT RAISE(ABORT, 'the kind says another month'); END;

CREATE TRIGGER dues_entry_is_never_changed BEFORE UPDATE ON dues_entry BEGIN SELECT RAISE(ABORT, 'dues_entry is append-only'); END;
CREATE TRIGGER dues_entry_is_never_deleted BEFORE DELETE ON dues_entry BEGIN SELECT RAISE(ABORT, 'dues_entry is append-only'); END;
CREATE TRIGGER dues_close_note_is_never_changed BEFORE UPDATE ON dues_close_note BEGIN SELECT RAISE(ABORT, 'dues_close_note is append-only'); END;
CREATE TRIGGER dues_close_note_is_never_deleted BEFORE DELETE ON dues_close_note BEGIN SELECT RAISE(ABORT, 'dues_close_note is append-only'); END;
