-- Dues: assessments, terms set by hand, the ledger, month closes and publications. Nothing in them is ever changed or deleted.
-- Money is integer fen, months are YYYY-MM. A reversal mirrors its entry with the amount negated.

CREATE TABLE dues_assessment (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  member_name TEXT NOT NULL CHECK (length(member_name) BETWEEN 1 AND 40),
  year INTEGER NOT NULL CHECK (typeof(year) = 'integer' AND year BETWEEN 2008 AND 2200),
  valid_from TEXT NOT NULL CHECK (valid_from GLOB '2[0-9][0-9][0-9]-[01][0-9]' AND substr(valid_from, 6) BETWEEN '01' AND '12' AND substr(valid_from, 1, 4) = CAST(year AS TEXT)),
  category TEXT NOT NULL CHECK (category IN ('wage', 'annual_salary', 'self_employed', 'retired', 'farmer', 'student', 'unemployed', 'relief')),
  base_fen INTEGER CHECK (base_fen IS NULL OR (typeof(base_fen) = 'integer' AND base_fen BETWEEN 0 AND 1000000000000)),
  rate INTEGER CHECK (rate IS NULL OR (typeof(rate) = 'integer' AND rate BETWEEN 1 AND 10000)),
  by_table_fen INTEGER NOT NULL CHECK (typeof(by_table_fen) = 'integer' AND by_table_fen BETWEEN 0 AND 1000000000000),
  monthly_fen INTEGER NOT NULL CHECK (typeof(monthly_fen) = 'integer' AND monthly_fen BETWEEN 0 AND 1000000000000),
  notice TEXT NOT NULL CHECK (length(notice) BETWEEN 1 AND 80),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  approved_on TEXT CHECK (date(approved_on, '+0 days') IS approved_on),
  approved_by TEXT NOT NULL DEFAULT '' CHECK (length(approved_by) <= 80),
  relief TEXT NOT NULL DEFAULT '' CHECK (relief IN ('', 'reduced', 'exempt')),
  relief_document TEXT NOT NULL DEFAULT '' CHECK (length(relief_document) <= 80),
  relief_by TEXT NOT NULL DEFAULT '' CHECK (length(relief_by) <= 80),
  relief_on TEXT CHECK (date(relief_on, '+0 days') IS relief_on),
  CHECK (monthly_fen >= by_table_fen OR relief <> ''),
  CHECK (relief <> 'exempt' OR monthly_fen = 0),
  CHECK (relief = '' OR (relief_document <> '' AND relief_by <> '' AND relief_on IS NOT NULL AND reason <> ''))
) STRICT;
CREATE INDEX dues_assessment_of_year ON dues_assessment (year, member_id, valid_from, monthly_fen);
CREATE INDEX dues_assessment_of_member ON dues_assessment (member_id, id);

CREATE TABLE dues_base_part (
  id INTEGER PRIMARY KEY,
  assessment_id INTEGER NOT NULL REFERENCES dues_assessment (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  effect TEXT NOT NULL CHECK (effect IN ('counts', 'taken_off', 'left_out')),
  amount_fen INTEGER NOT NULL CHECK (typeof(amount_fen) = 'integer' AND amount_fen BETWEEN 0 AND 1000000000000)
) STRICT;
CREATE INDEX dues_base_part_of_assessment ON dues_base_part (assessment_id);

CREATE TABLE dues_term (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  first_month TEXT CHECK (first_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(first_month, 6) BETWEEN '01' AND '12'),
  last_month TEXT CHECK (last_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(last_month, 6) BETWEEN '01' AND '12'),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  CHECK (first_month IS NULL OR last_month IS NULL OR first_month <= last_month)
) STRICT;
CREATE INDEX dues_term_of_member ON dues_term (member_id, id);

CREATE TABLE dues_entry (
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
  reverses INTEGER UNIQUE REFERENCES dues_entry (id),
  entered_at TEXT NOT NULL CHECK (length(entered_at) = 25),
  chain TEXT NOT NULL CHECK (length(chain) = 64 AND chain NOT GLOB '*[^0-9a-f]*'),
  CHECK ((reverses IS NULL) = (amount_fen > 0)),
  CHECK ((kind IN ('dues', 'back', 'ahead')) = (month IS NOT NULL)),
  CHECK ((kind IN ('remittance', 'returned', 'used')) = (member_id IS NULL)),
  CHECK (member_id IS NULL OR member_name <> ''),
  CHECK ((method = 'proxy') = (payer <> '')),
  CHECK (method <> 'proxy' OR member_id IS NOT NULL),
  CHECK (kind <> 'large' OR abs(amount_fen) > 100000),
  CHECK (reverses IS NULL OR note <> '')
) STRICT;
CREATE INDEX dues_entry_by_month ON dues_entry (month, member_id, amount_fen, on_date) WHERE month IS NOT NULL;
CREATE INDEX dues_entry_of_member ON dues_entry (member_id, month, amount_fen);
CREATE INDEX dues_entry_by_date ON dues_entry (on_date, kind, method, amount_fen);

CREATE TABLE dues_month_close (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  month TEXT NOT NULL UNIQUE CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
  closed_on TEXT NOT NULL CHECK (date(closed_on, '+0 days') IS closed_on),
  through TEXT NOT NULL CHECK (date(through, '+0 days') IS through AND substr(through, 1, 7) = month AND through <= closed_on),
  ledger_fen INTEGER NOT NULL CHECK (typeof(ledger_fen) = 'integer'),
  counted_fen INTEGER CHECK (counted_fen IS NULL OR typeof(counted_fen) = 'integer'),
  difference_reason TEXT NOT NULL DEFAULT '' CHECK (length(difference_reason) <= 200),
  head_id INTEGER NOT NULL CHECK (typeof(head_id) = 'integer' AND head_id >= 0),
  head_chain TEXT NOT NULL CHECK (length(head_chain) = 64),
  CHECK (counted_fen IS NULL OR counted_fen = ledger_fen OR difference_reason <> '')
) STRICT;

CREATE TABLE dues_close_row (
  id INTEGER PRIMARY KEY,
  close_id INTEGER NOT NULL REFERENCES dues_month_close (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  member_name TEXT NOT NULL CHECK (length(member_name) BETWEEN 1 AND 40),
  state TEXT NOT NULL CHECK (state IN ('paid', 'deferred', 'exempt', 'unpaid')),
  due_fen INTEGER CHECK (due_fen IS NULL OR (typeof(due_fen) = 'integer' AND due_fen >= 0)),
  paid_fen INTEGER NOT NULL CHECK (typeof(paid_fen) = 'integer'),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  UNIQUE (close_id, member_id),
  CHECK (state <> 'deferred' OR reason <> ''),
  CHECK (state <> 'paid' OR paid_fen >= due_fen)
) STRICT;
CREATE INDEX dues_close_row_deferred ON dues_close_row (member_id) WHERE state = 'deferred';

CREATE TABLE dues_publication (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  year INTEGER NOT NULL CHECK (typeof(year) = 'integer' AND year BETWEEN 2008 AND 2200),
  published_on TEXT NOT NULL CHECK (date(published_on, '+0 days') IS published_on),
  place TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 200),
  collected_fen INTEGER NOT NULL CHECK (typeof(collected_fen) = 'integer'),
  remitted_fen INTEGER NOT NULL CHECK (typeof(remitted_fen) = 'integer')
) STRICT;
CREATE INDEX dues_publication_of_year ON dues_publication (year);

CREATE TRIGGER dues_entry_reversal_mirrors BEFORE INSERT ON dues_entry WHEN NEW.reverses IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM dues_entry e WHERE e.id = NEW.reverses AND e.reverses IS NULL AND e.kind = NEW.kind AND e.amount_fen = -NEW.amount_fen
    AND e.month IS NEW.month AND e.member_id IS NEW.member_id AND e.member_name = NEW.member_name AND e.due_fen IS NEW.due_fen
    AND e.method = NEW.method AND e.payer = NEW.payer AND e.receipt_no = NEW.receipt_no AND e.on_date <= NEW.on_date
) BEGIN SELECT RAISE(ABORT, 'a reversal mirrors its entry'); END;
CREATE TRIGGER dues_entry_follows_the_last BEFORE INSERT ON dues_entry
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM dues_entry)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END;
CREATE TRIGGER dues_entry_not_in_a_closed_month BEFORE INSERT ON dues_entry
WHEN NEW.on_date <= (SELECT max(through) FROM dues_month_close)
BEGIN SELECT RAISE(ABORT, 'the month is closed'); END;
CREATE TRIGGER dues_entry_has_kept_its_time BEFORE INSERT ON dues_entry
WHEN (NEW.kind = 'dues' AND NEW.reverses IS NULL AND NEW.month <> substr(NEW.on_date, 1, 7))
  OR (NEW.kind = 'back' AND NEW.reverses IS NULL AND NEW.month >= substr(NEW.on_date, 1, 7))
  OR (NEW.kind = 'ahead' AND NEW.reverses IS NULL AND NEW.month <= substr(NEW.on_date, 1, 7))
BEGIN SELECT RAISE(ABORT, 'the kind says another month'); END;

CREATE TRIGGER dues_assessment_is_never_changed BEFORE UPDATE ON dues_assessment BEGIN SELECT RAISE(ABORT, 'dues_assessment is append-only'); END;
CREATE TRIGGER dues_assessment_is_never_deleted BEFORE DELETE ON dues_assessment BEGIN SELECT RAISE(ABORT, 'dues_assessment is append-only'); END;
CREATE TRIGGER dues_base_part_is_never_changed BEFORE UPDATE ON dues_base_part BEGIN SELECT RAISE(ABORT, 'dues_base_part is append-only'); END;
CREATE TRIGGER dues_base_part_is_never_deleted BEFORE DELETE ON dues_base_part BEGIN SELECT RAISE(ABORT, 'dues_base_part is append-only'); END;
CREATE TRIGGER dues_term_is_never_changed BEFORE UPDATE ON dues_term BEGIN SELECT RAISE(ABORT, 'dues_term is append-only'); END;
CREATE TRIGGER dues_term_is_never_deleted BEFORE DELETE ON dues_term BEGIN SELECT RAISE(ABORT, 'dues_term is append-only'); END;
CREATE TRIGGER dues_entry_is_never_changed BEFORE UPDATE ON dues_entry BEGIN SELECT RAISE(ABORT, 'dues_entry is append-only'); END;
CREATE TRIGGER dues_entry_is_never_deleted BEFORE DELETE ON dues_entry BEGIN SELECT RAISE(ABORT, 'dues_entry is append-only'); END;
CREATE TRIGGER dues_month_close_is_never_changed BEFORE UPDATE ON dues_month_close BEGIN SELECT RAISE(ABORT, 'dues_month_close is append-only'); END;
CREATE TRIGGER dues_month_close_is_never_deleted BEFORE DELETE ON dues_month_close BEGIN SELECT RAISE(ABORT, 'dues_month_close is append-only'); END;
CREATE TRIGGER dues_close_row_is_never_changed BEFORE UPDATE ON dues_close_row BEGIN SELECT RAISE(ABORT, 'dues_close_row is append-only'); END;
CREATE TRIGGER dues_close_row_is_never_deleted BEFORE DELETE ON dues_close_row BEGIN SELECT RAISE(ABORT, 'dues_close_row is append-only'); END;
CREATE TRIGGER dues_publication_is_never_changed BEFORE UPDATE ON dues_publication BEGIN SELECT RAISE(ABORT, 'dues_publication is append-only'); END;
CREATE TRIGGER dues_publication_is_never_deleted BEFORE DELETE ON dues_publication BEGIN SELECT RAISE(ABORT, 'dues_publication is append-only'); END;
