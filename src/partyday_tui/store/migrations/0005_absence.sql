-- Leave, what followed an absence, make-up lessons. A case has no row of its own: a closed roll and a mark as leave or absent are the
-- case, so that a corrected mark opens or withdraws it by itself, and what was written about it stays and comes back with it.

CREATE TABLE roll_close (
  event_id INTEGER PRIMARY KEY REFERENCES event (id),
  closed_at TEXT NOT NULL CHECK (length(closed_at) = 25)
) STRICT;

CREATE TABLE leave (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member (id),
  event_id INTEGER REFERENCES event (id),
  first_day TEXT CHECK (date(first_day, '+0 days') IS first_day),
  last_day TEXT CHECK (date(last_day, '+0 days') IS last_day AND last_day >= first_day),
  reason_class TEXT NOT NULL CHECK (length(reason_class) BETWEEN 1 AND 40),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  form TEXT NOT NULL CHECK (form IN ('written', 'oral')),
  applied_on TEXT NOT NULL CHECK (date(applied_on, '+0 days') IS applied_on),
  granted_by TEXT NOT NULL DEFAULT '' CHECK (length(granted_by) <= 40),
  granted_on TEXT CHECK (date(granted_on, '+0 days') IS granted_on),
  paper TEXT NOT NULL DEFAULT '' CHECK (length(paper) <= 80),
  CHECK ((event_id IS NULL) = (first_day IS NOT NULL) AND (first_day IS NULL) = (last_day IS NULL))
) STRICT;
CREATE INDEX leave_of_member ON leave (member_id);
CREATE INDEX leave_of_event ON leave (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE case_step (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  step TEXT NOT NULL CHECK (step IN ('contact', 'reason', 'brief', 'report')),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  word TEXT NOT NULL DEFAULT '' CHECK (length(word) <= 40),
  reached INTEGER NOT NULL DEFAULT 1 CHECK (reached IN (0, 1)),
  by_whom TEXT NOT NULL DEFAULT '' CHECK (length(by_whom) <= 40),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200)
) STRICT;
CREATE INDEX case_step_of_case ON case_step (event_id, member_id, step, reached);
CREATE INDEX case_step_by_date ON case_step (on_date);

CREATE TABLE make_up (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  form TEXT NOT NULL CHECK (length(form) BETWEEN 1 AND 40),
  place TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 200),
  content TEXT NOT NULL DEFAULT '' CHECK (length(content) <= 2000),
  led_by TEXT NOT NULL DEFAULT '' CHECK (length(led_by) <= 40),
  archive_no TEXT NOT NULL DEFAULT '' CHECK (length(archive_no) <= 80),
  archived_on TEXT CHECK (date(archived_on, '+0 days') IS archived_on)
) STRICT;
CREATE INDEX make_up_by_date ON make_up (on_date);

CREATE TABLE make_up_case (
  make_up_id INTEGER NOT NULL REFERENCES make_up (id) ON DELETE CASCADE,
  event_id INTEGER NOT NULL REFERENCES event (id),
  member_id INTEGER NOT NULL REFERENCES member (id),
  signed INTEGER NOT NULL DEFAULT 0 CHECK (signed IN (0, 1)),
  PRIMARY KEY (make_up_id, event_id, member_id)
) STRICT;
CREATE INDEX make_up_of_case ON make_up_case (event_id, member_id);
