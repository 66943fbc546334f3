-- The first book: branch, rules in force, people, plan, roll, holidays, and the append-only record of acts and changes.
-- Dates are ISO text; a partial date keeps its precision (YYYY, YYYY-MM or YYYY-MM-DD). Unknown text is '', an unknown date is NULL.

CREATE TABLE branch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  book_key TEXT NOT NULL CHECK (length(book_key) = 32),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  superior TEXT NOT NULL DEFAULT '' CHECK (length(superior) <= 80),
  secretary TEXT NOT NULL DEFAULT '' CHECK (length(secretary) <= 40),
  made_on TEXT NOT NULL CHECK (date(made_on, '+0 days') IS made_on)
) STRICT;

CREATE TABLE preset_choice (
  id INTEGER PRIMARY KEY,
  preset TEXT NOT NULL CHECK (length(preset) BETWEEN 1 AND 40),
  valid_from TEXT NOT NULL UNIQUE CHECK (date(valid_from, '+0 days') IS valid_from),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200)
) STRICT;

CREATE TABLE rule_override (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 80),
  value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 2000),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  valid_from TEXT NOT NULL CHECK (date(valid_from, '+0 days') IS valid_from),
  UNIQUE (key, valid_from)
) STRICT;

CREATE TABLE party_group (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40)
) STRICT;

CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  reading TEXT NOT NULL DEFAULT '' CHECK (length(reading) <= 200),
  reading_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (reading_by_hand IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('full', 'probationary')),
  sex TEXT NOT NULL DEFAULT '' CHECK (sex IN ('', '男', '女')),
  ethnicity TEXT NOT NULL DEFAULT '' CHECK (length(ethnicity) <= 40),
  identity TEXT NOT NULL DEFAULT ''
    CHECK (identity = '' OR (length(identity) = 18 AND identity NOT GLOB '*[^0-9X]*' AND substr(identity, 1, 17) NOT GLOB '*X*')),
  born_on TEXT CHECK (born_on GLOB '[12][0-9][0-9][0-9]' OR (born_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(born_on, 6) BETWEEN '01' AND '12') OR date(born_on, '+0 days') IS born_on),
  education TEXT NOT NULL DEFAULT '' CHECK (length(education) <= 40),
  joined_on TEXT CHECK (joined_on GLOB '[12][0-9][0-9][0-9]' OR (joined_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(joined_on, 6) BETWEEN '01' AND '12') OR date(joined_on, '+0 days') IS joined_on),
  confirmed_on TEXT CHECK (confirmed_on GLOB '[12][0-9][0-9][0-9]' OR (confirmed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(confirmed_on, 6) BETWEEN '01' AND '12') OR date(confirmed_on, '+0 days') IS confirmed_on),
  group_id INTEGER REFERENCES party_group (id),
  post TEXT NOT NULL DEFAULT '' CHECK (length(post) <= 40),
  job TEXT NOT NULL DEFAULT '' CHECK (length(job) <= 80),
  dues_category TEXT NOT NULL DEFAULT '' CHECK (length(dues_category) <= 40),
  phone TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 40),
  landline TEXT NOT NULL DEFAULT '' CHECK (length(landline) <= 40),
  address TEXT NOT NULL DEFAULT '' CHECK (length(address) <= 200),
  floating INTEGER NOT NULL DEFAULT 0 CHECK (floating IN (0, 1)),
  destination TEXT NOT NULL DEFAULT '' CHECK (length(destination) <= 200),
  lost_contact INTEGER NOT NULL DEFAULT 0 CHECK (lost_contact IN (0, 1)),
  lost_since TEXT CHECK (lost_since GLOB '[12][0-9][0-9][0-9]' OR (lost_since GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(lost_since, 6) BETWEEN '01' AND '12') OR date(lost_since, '+0 days') IS lost_since),
  infirm INTEGER NOT NULL DEFAULT 0 CHECK (infirm IN (0, 1)),
  hardship INTEGER NOT NULL DEFAULT 0 CHECK (hardship IN (0, 1)),
  leading_cadre INTEGER NOT NULL DEFAULT 0 CHECK (leading_cadre IN (0, 1)),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE UNIQUE INDEX member_identity ON member (identity) WHERE identity <> '';

CREATE TABLE movement (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL CHECK (kind IN ('accepted', 'transfer_in', 'restored', 'transfer_out', 'died', 'suspended', 'expelled')),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  place TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 200),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200)
) STRICT;
CREATE INDEX movement_of_member ON movement (member_id, on_date);

CREATE TABLE guest (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  reading TEXT NOT NULL DEFAULT '' CHECK (length(reading) <= 200),
  class TEXT NOT NULL CHECK (length(class) BETWEEN 1 AND 40),
  unit TEXT NOT NULL DEFAULT '' CHECK (length(unit) <= 80),
  phone TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 40),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200)
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
  on_date TEXT CHECK (date(on_date, '+0 days') IS on_date),
  rule TEXT NOT NULL DEFAULT '' CHECK (length(rule) <= 200),
  moved_from TEXT CHECK (date(moved_from, '+0 days') IS moved_from),
  moved_reason TEXT NOT NULL DEFAULT '' CHECK (length(moved_reason) <= 200),
  theme TEXT NOT NULL DEFAULT '' CHECK (length(theme) <= 200),
  form TEXT NOT NULL DEFAULT '' CHECK (length(form) <= 200),
  content TEXT NOT NULL DEFAULT '' CHECK (length(content) <= 2000),
  place TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 200),
  in_charge TEXT NOT NULL DEFAULT '' CHECK (length(in_charge) <= 40),
  starts_at TEXT CHECK (starts_at GLOB '[0-2][0-9]:[0-5][0-9]' AND starts_at < '24:00'),
  ends_at TEXT CHECK (ends_at GLOB '[0-2][0-9]:[0-5][0-9]' AND ends_at < '24:00'),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX event_by_month ON event (month, on_date);
CREATE INDEX event_by_date ON event (on_date);

CREATE TABLE event_kind (
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('party_day', 'founding_day', 'branch_meeting', 'committee', 'group_meeting', 'lesson', 'organization_life')),
  PRIMARY KEY (event_id, kind)
) STRICT;

CREATE TABLE change_request (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id),
  from_date TEXT CHECK (date(from_date, '+0 days') IS from_date),
  to_date TEXT NOT NULL CHECK (date(to_date, '+0 days') IS to_date),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  duty TEXT NOT NULL CHECK (duty IN ('consent', 'report', 'none')),
  state TEXT NOT NULL DEFAULT 'drafted' CHECK (state IN ('drafted', 'sent', 'approved', 'refused')),
  requested_on TEXT CHECK (date(requested_on, '+0 days') IS requested_on),
  document_no TEXT NOT NULL DEFAULT '' CHECK (length(document_no) <= 80),
  approver TEXT NOT NULL DEFAULT '' CHECK (length(approver) <= 80),
  replied_on TEXT CHECK (date(replied_on, '+0 days') IS replied_on)
) STRICT;
CREATE INDEX change_request_of_event ON change_request (event_id);

CREATE TABLE roll_entry (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  group_name TEXT NOT NULL DEFAULT '' CHECK (length(group_name) <= 40),
  kind TEXT NOT NULL CHECK (kind IN ('full', 'probationary')),
  post TEXT NOT NULL DEFAULT '' CHECK (length(post) <= 40),
  floating INTEGER NOT NULL CHECK (floating IN (0, 1)),
  infirm INTEGER NOT NULL CHECK (infirm IN (0, 1)),
  status TEXT CHECK (status IN ('present', 'late', 'leave', 'absent', 'other')),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  marked_at TEXT CHECK (length(marked_at) = 25),
  UNIQUE (event_id, member_id)
) STRICT;
CREATE INDEX roll_entry_of_member ON roll_entry (member_id, event_id, status);

CREATE TABLE event_guest (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id),
  guest_id INTEGER NOT NULL REFERENCES guest (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  class TEXT NOT NULL CHECK (length(class) BETWEEN 1 AND 40),
  unit TEXT NOT NULL DEFAULT '' CHECK (length(unit) <= 80),
  UNIQUE (event_id, guest_id)
) STRICT;

CREATE TABLE holiday (
  day TEXT PRIMARY KEY NOT NULL CHECK (date(day, '+0 days') IS day),
  is_off INTEGER NOT NULL CHECK (is_off IN (0, 1)),
  name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 40),
  statutory INTEGER NOT NULL DEFAULT 0 CHECK (statutory IN (0, 1)),
  source TEXT NOT NULL CHECK (source IN ('notice', 'file', 'manual'))
) STRICT;

CREATE TABLE holiday_notice (
  year INTEGER PRIMARY KEY CHECK (year BETWEEN 1949 AND 2200),
  source TEXT NOT NULL CHECK (source IN ('notice', 'file')),
  entered_on TEXT NOT NULL CHECK (date(entered_on, '+0 days') IS entered_on),
  body TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE act (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL CHECK (length(at) = 25),
  day TEXT NOT NULL CHECK (date(day, '+0 days') IS day),
  actor TEXT NOT NULL DEFAULT '',
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 80),
  source TEXT NOT NULL DEFAULT '',
  request_key TEXT UNIQUE
) STRICT;

CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  act_id INTEGER NOT NULL REFERENCES act (id),
  kept_in TEXT NOT NULL,
  row_key TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  field TEXT NOT NULL,
  old ANY,
  new ANY
) STRICT;
CREATE INDEX change_of_row ON change (kept_in, row_key);

CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'act is append-only'); END;
CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'act is append-only'); END;
CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'change is append-only'); END;
CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'change is append-only'); END;
