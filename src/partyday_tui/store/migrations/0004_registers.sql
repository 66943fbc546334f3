-- The other registers of the guides, and the development of members. One row an entry; a talk and a candidate have rows of their own
-- for what there can be several of. Dates are ISO text, '' is unsaid, money is whole fen, time is whole minutes.

CREATE TABLE talk (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 40),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX talk_by_date ON talk (on_date);

CREATE TABLE talk_member (
  talk_id INTEGER NOT NULL REFERENCES talk (id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL REFERENCES member (id),
  PRIMARY KEY (talk_id, member_id)
) STRICT;
CREATE INDEX talk_of_member ON talk_member (member_id);

CREATE TABLE talk_trigger (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER NOT NULL REFERENCES member (id),
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 40),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX talk_trigger_by_date ON talk_trigger (on_date);

CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER REFERENCES member (id),
  household TEXT NOT NULL DEFAULT '' CHECK (length(household) <= 80),
  occasion TEXT NOT NULL CHECK (length(occasion) BETWEEN 1 AND 40),
  goods TEXT NOT NULL DEFAULT '' CHECK (length(goods) <= 200),
  amount_fen INTEGER NOT NULL DEFAULT 0 CHECK (amount_fen BETWEEN 0 AND 1000000000000),
  by_whom TEXT NOT NULL DEFAULT '' CHECK (length(by_whom) <= 200),
  reported_on TEXT CHECK (date(reported_on, '+0 days') IS reported_on AND reported_on >= on_date),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  CHECK (member_id IS NOT NULL OR household <> '')
) STRICT;
CREATE INDEX visit_by_date ON visit (on_date);

CREATE TABLE hardship (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER NOT NULL REFERENCES member (id),
  trouble TEXT NOT NULL CHECK (length(trouble) BETWEEN 1 AND 40),
  level TEXT NOT NULL DEFAULT '' CHECK (length(level) <= 40),
  measures TEXT NOT NULL DEFAULT '' CHECK (length(measures) <= 2000),
  ended_on TEXT CHECK (date(ended_on, '+0 days') IS ended_on AND ended_on >= on_date),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX hardship_of_member ON hardship (member_id, on_date);
CREATE INDEX hardship_by_date ON hardship (on_date);

CREATE TABLE problem (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  source TEXT NOT NULL DEFAULT '' CHECK (length(source) <= 40),
  owner TEXT NOT NULL DEFAULT '' CHECK (length(owner) <= 80),
  due_on TEXT CHECK (date(due_on, '+0 days') IS due_on),
  result TEXT NOT NULL DEFAULT '' CHECK (length(result) <= 2000),
  settled_on TEXT CHECK (date(settled_on, '+0 days') IS settled_on AND settled_on >= on_date),
  reported_on TEXT CHECK (date(reported_on, '+0 days') IS reported_on AND reported_on >= on_date)
) STRICT;
CREATE INDEX problem_by_date ON problem (on_date);

CREATE TABLE praise (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  deed TEXT NOT NULL CHECK (length(deed) BETWEEN 1 AND 2000),
  by_whom TEXT NOT NULL DEFAULT '' CHECK (length(by_whom) <= 200)
) STRICT;
CREATE INDEX praise_by_date ON praise (on_date);

CREATE TABLE volunteering (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER NOT NULL REFERENCES member (id),
  project TEXT NOT NULL CHECK (length(project) BETWEEN 1 AND 200),
  served_minutes INTEGER NOT NULL CHECK (served_minutes BETWEEN 1 AND 60000),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX volunteering_by_date ON volunteering (on_date);

CREATE TABLE outreach (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER NOT NULL REFERENCES member (id),
  way TEXT NOT NULL CHECK (length(way) BETWEEN 1 AND 40),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX outreach_by_date ON outreach (on_date, member_id);

CREATE TABLE inspection (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  by_whom TEXT NOT NULL CHECK (length(by_whom) BETWEEN 1 AND 80),
  method TEXT NOT NULL DEFAULT '' CHECK (length(method) <= 40),
  findings TEXT NOT NULL DEFAULT '' CHECK (length(findings) <= 2000),
  mend_by TEXT CHECK (date(mend_by, '+0 days') IS mend_by AND mend_by >= on_date),
  mending TEXT NOT NULL DEFAULT '' CHECK (length(mending) <= 2000),
  mended_on TEXT CHECK (date(mended_on, '+0 days') IS mended_on AND mended_on >= on_date)
) STRICT;
CREATE INDEX inspection_by_date ON inspection (on_date);

CREATE TABLE duty_post (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  member_id INTEGER NOT NULL REFERENCES member (id),
  station TEXT NOT NULL CHECK (length(station) BETWEEN 1 AND 80),
  task TEXT NOT NULL DEFAULT '' CHECK (length(task) <= 2000),
  ended_on TEXT CHECK (date(ended_on, '+0 days') IS ended_on AND ended_on >= on_date)
) STRICT;
CREATE INDEX duty_post_by_date ON duty_post (on_date);

CREATE TABLE superior_report (
  id INTEGER PRIMARY KEY,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  to_whom TEXT NOT NULL DEFAULT '' CHECK (length(to_whom) <= 80),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200)
) STRICT;
CREATE INDEX superior_report_by_date ON superior_report (on_date);

CREATE TABLE candidate (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  reading TEXT NOT NULL DEFAULT '' CHECK (length(reading) <= 200),
  guest_id INTEGER REFERENCES guest (id),
  contacts TEXT NOT NULL DEFAULT '' CHECK (length(contacts) <= 80),
  training_days INTEGER NOT NULL DEFAULT 0 CHECK (training_days BETWEEN 0 AND 365),
  training_hours INTEGER NOT NULL DEFAULT 0 CHECK (training_hours BETWEEN 0 AND 2000),
  extended_months INTEGER NOT NULL DEFAULT 0 CHECK (extended_months BETWEEN 0 AND 60),
  special INTEGER NOT NULL DEFAULT 0 CHECK (special IN (0, 1)),
  ended_on TEXT CHECK (date(ended_on, '+0 days') IS ended_on),
  ended_why TEXT NOT NULL DEFAULT '' CHECK (length(ended_why) <= 200),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;

CREATE TABLE candidate_step (
  id INTEGER PRIMARY KEY,
  candidate_id INTEGER NOT NULL REFERENCES candidate (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 25),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  UNIQUE (candidate_id, step)
) STRICT;

CREATE TABLE candidate_look (
  id INTEGER PRIMARY KEY,
  candidate_id INTEGER NOT NULL REFERENCES candidate (id) ON DELETE CASCADE,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  UNIQUE (candidate_id, on_date)
) STRICT;
