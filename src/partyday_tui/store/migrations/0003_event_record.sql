-- One event from plan to archive, and the yearly plans of reading and study that events fulfil.
-- One row of event_record an event; everything that there can be several of has rows of its own. Dates are ISO text, '' is unsaid.

CREATE TABLE event_kind_wider (
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('party_day', 'founding_day', 'branch_meeting', 'committee', 'group_meeting', 'lesson', 'organization_life', 'appraisal')),
  PRIMARY KEY (event_id, kind)
) STRICT;
INSERT INTO event_kind_wider (event_id, kind) SELECT event_id, kind FROM event_kind;
DROP TABLE event_kind;
ALTER TABLE event_kind_wider RENAME TO event_kind;

CREATE TABLE event_record (
  event_id INTEGER PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
  group_id INTEGER REFERENCES party_group (id),
  required_theme TEXT NOT NULL DEFAULT '' CHECK (length(required_theme) <= 200),
  chosen_theme TEXT NOT NULL DEFAULT '' CHECK (length(chosen_theme) <= 200),
  opinions_on TEXT CHECK (date(opinions_on, '+0 days') IS opinions_on),
  opinions_from TEXT NOT NULL DEFAULT '' CHECK (length(opinions_from) <= 200),
  approved_on TEXT CHECK (date(approved_on, '+0 days') IS approved_on),
  approved_by TEXT NOT NULL DEFAULT '' CHECK (length(approved_by) <= 80),
  notice_on TEXT CHECK (date(notice_on, '+0 days') IS notice_on),
  notice_how TEXT NOT NULL DEFAULT '' CHECK (length(notice_how) <= 200),
  notice_bring TEXT NOT NULL DEFAULT '' CHECK (length(notice_bring) <= 200),
  host_id INTEGER REFERENCES member (id),
  host TEXT NOT NULL DEFAULT '' CHECK (length(host) <= 40),
  host_post TEXT NOT NULL DEFAULT '' CHECK (length(host_post) <= 40),
  host_reason TEXT NOT NULL DEFAULT '' CHECK (length(host_reason) <= 200),
  recorder TEXT NOT NULL DEFAULT '' CHECK (length(recorder) <= 40),
  minutes TEXT NOT NULL DEFAULT '' CHECK (length(minutes) <= 20000),
  discussion TEXT NOT NULL DEFAULT '' CHECK (length(discussion) <= 20000),
  consensus TEXT NOT NULL DEFAULT '' CHECK (length(consensus) <= 20000),
  record_form_on TEXT CHECK (date(record_form_on, '+0 days') IS record_form_on),
  minutes_filed_on TEXT CHECK (date(minutes_filed_on, '+0 days') IS minutes_filed_on),
  filed_on TEXT CHECK (date(filed_on, '+0 days') IS filed_on),
  workbook_on TEXT CHECK (date(workbook_on, '+0 days') IS workbook_on)
) STRICT;

CREATE TABLE event_agenda (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 200),
  starts_at TEXT CHECK (starts_at GLOB '[0-2][0-9]:[0-5][0-9]' AND starts_at < '24:00'),
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 200),
  who TEXT NOT NULL DEFAULT '' CHECK (length(who) <= 40),
  UNIQUE (event_id, place)
) STRICT;

CREATE TABLE event_step (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  person TEXT NOT NULL DEFAULT '' CHECK (length(person) <= 40),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  UNIQUE (event_id, name)
) STRICT;

CREATE TABLE event_run_up (
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  meeting_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  PRIMARY KEY (event_id, meeting_id),
  CHECK (event_id <> meeting_id)
) STRICT;
CREATE INDEX event_run_up_of_meeting ON event_run_up (meeting_id);

CREATE TABLE event_decision (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  matter TEXT NOT NULL CHECK (length(matter) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'accepting', 'election')),
  full_members INTEGER NOT NULL CHECK (full_members BETWEEN 0 AND 100000),
  present INTEGER NOT NULL CHECK (present BETWEEN 0 AND 100000),
  votes_for INTEGER NOT NULL CHECK (votes_for BETWEEN 0 AND 100000),
  votes_against INTEGER NOT NULL CHECK (votes_against BETWEEN 0 AND 100000),
  votes_abstain INTEGER NOT NULL CHECK (votes_abstain BETWEEN 0 AND 100000),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000)
) STRICT;
CREATE INDEX event_decision_of_event ON event_decision (event_id);

CREATE TABLE event_deduction (
  id INTEGER PRIMARY KEY,
  decision_id INTEGER NOT NULL REFERENCES event_decision (id) ON DELETE CASCADE,
  heads INTEGER NOT NULL CHECK (heads BETWEEN 1 AND 100000),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200)
) STRICT;
CREATE INDEX event_deduction_of_decision ON event_deduction (decision_id);

CREATE TABLE event_tick (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  word TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 80),
  detail TEXT NOT NULL DEFAULT '' CHECK (length(detail) <= 200),
  UNIQUE (event_id, word)
) STRICT;

CREATE TABLE event_member_tick (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL REFERENCES member (id),
  word TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 80),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  UNIQUE (event_id, member_id, word)
) STRICT;
CREATE INDEX event_member_tick_by_date ON event_member_tick (on_date);

CREATE TABLE event_lecture (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  lecturer TEXT NOT NULL CHECK (length(lecturer) BETWEEN 1 AND 40),
  role TEXT NOT NULL DEFAULT '' CHECK (length(role) <= 40),
  title TEXT NOT NULL DEFAULT '' CHECK (length(title) <= 200)
) STRICT;
CREATE INDEX event_lecture_of_event ON event_lecture (event_id);

CREATE TABLE event_comment (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  who TEXT NOT NULL CHECK (length(who) BETWEEN 1 AND 40),
  role TEXT NOT NULL DEFAULT '' CHECK (length(role) <= 40),
  strengths TEXT NOT NULL DEFAULT '' CHECK (length(strengths) <= 2000),
  weaknesses TEXT NOT NULL DEFAULT '' CHECK (length(weaknesses) <= 2000),
  direction TEXT NOT NULL DEFAULT '' CHECK (length(direction) <= 2000)
) STRICT;
CREATE INDEX event_comment_of_event ON event_comment (event_id);

CREATE TABLE event_picture (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'video')),
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  folder TEXT NOT NULL DEFAULT '' CHECK (length(folder) <= 400),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  size INTEGER NOT NULL CHECK (size >= 0),
  UNIQUE (event_id, sha256)
) STRICT;

CREATE TABLE constitution_segment (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL CHECK (year BETWEEN 1949 AND 2200),
  place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 200),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 80)
) STRICT;
CREATE INDEX constitution_segment_of_year ON constitution_segment (year, place);

CREATE TABLE constitution_reading (
  id INTEGER PRIMARY KEY,
  segment_id INTEGER NOT NULL REFERENCES constitution_segment (id) ON DELETE CASCADE,
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  event_id INTEGER REFERENCES event (id) ON DELETE CASCADE,
  UNIQUE (segment_id, on_date)
) STRICT;
CREATE INDEX constitution_reading_of_event ON constitution_reading (event_id);

CREATE TABLE study_topic (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL UNIQUE CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]' AND substr(month, 6) BETWEEN '01' AND '12'),
  topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 2000)
) STRICT;

CREATE TABLE yearly_plan (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL CHECK (year BETWEEN 1949 AND 2200),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  made_on TEXT CHECK (date(made_on, '+0 days') IS made_on),
  filed_on TEXT CHECK (date(filed_on, '+0 days') IS filed_on),
  UNIQUE (year, name)
) STRICT;
