-- The review of each event and the yearly appraisal. Ballots are secret: only counts are held, never who voted what.

CREATE TABLE review (
  event_id INTEGER PRIMARY KEY REFERENCES event (id),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  remarks TEXT NOT NULL DEFAULT '' CHECK (length(remarks) <= 20000),
  group_note TEXT NOT NULL DEFAULT '' CHECK (length(group_note) <= 2000),
  best_case INTEGER NOT NULL DEFAULT 0 CHECK (best_case IN (0, 1))
) STRICT;
CREATE INDEX review_by_date ON review (on_date);

CREATE TABLE review_ballots (
  event_id INTEGER NOT NULL REFERENCES review (event_id) ON DELETE CASCADE,
  voter TEXT NOT NULL CHECK (voter IN ('party', 'served', 'outsiders', 'other_branch', 'superior')),
  given INTEGER NOT NULL CHECK (given BETWEEN 0 AND 100000),
  returned INTEGER NOT NULL CHECK (returned BETWEEN 0 AND given),
  void INTEGER NOT NULL CHECK (void BETWEEN 0 AND returned),
  PRIMARY KEY (event_id, voter)
) STRICT;

CREATE TABLE review_count (
  event_id INTEGER NOT NULL REFERENCES review (event_id) ON DELETE CASCADE,
  voter TEXT NOT NULL CHECK (voter IN ('party', 'served', 'outsiders', 'other_branch', 'superior')),
  dimension TEXT NOT NULL CHECK (length(dimension) BETWEEN 1 AND 80),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 200),
  satisfied INTEGER NOT NULL CHECK (satisfied BETWEEN 0 AND 100000),
  fairly INTEGER NOT NULL CHECK (fairly BETWEEN 0 AND 100000),
  dissatisfied INTEGER NOT NULL CHECK (dissatisfied BETWEEN 0 AND 100000),
  abstained INTEGER NOT NULL CHECK (abstained BETWEEN 0 AND 100000),
  PRIMARY KEY (event_id, voter, dimension)
) STRICT;

CREATE TABLE appraisal (
  year INTEGER PRIMARY KEY CHECK (year BETWEEN 1949 AND 2200),
  event_id INTEGER NOT NULL UNIQUE REFERENCES event (id)
) STRICT;

CREATE TABLE appraisal_ballots (
  year INTEGER NOT NULL REFERENCES appraisal (year),
  voter TEXT NOT NULL CHECK (voter IN ('party', 'served', 'outsiders', 'other_branch', 'superior')),
  given INTEGER NOT NULL CHECK (given BETWEEN 0 AND 100000),
  returned INTEGER NOT NULL CHECK (returned BETWEEN 0 AND given),
  void INTEGER NOT NULL CHECK (void BETWEEN 0 AND returned),
  PRIMARY KEY (year, voter)
) STRICT;

CREATE TABLE appraisal_count (
  year INTEGER NOT NULL REFERENCES appraisal (year),
  voter TEXT NOT NULL CHECK (voter IN ('party', 'served', 'outsiders', 'other_branch', 'superior')),
  member_id INTEGER NOT NULL REFERENCES member (id),
  excellent INTEGER NOT NULL CHECK (excellent BETWEEN 0 AND 100000),
  qualified INTEGER NOT NULL CHECK (qualified BETWEEN 0 AND 100000),
  basic INTEGER NOT NULL CHECK (basic BETWEEN 0 AND 100000),
  unqualified INTEGER NOT NULL CHECK (unqualified BETWEEN 0 AND 100000),
  abstained INTEGER NOT NULL CHECK (abstained BETWEEN 0 AND 100000),
  PRIMARY KEY (year, voter, member_id)
) STRICT;
CREATE INDEX appraisal_count_of_member ON appraisal_count (member_id);

CREATE TABLE appraisal_member (
  year INTEGER NOT NULL REFERENCES appraisal (year),
  member_id INTEGER NOT NULL REFERENCES member (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  kind TEXT NOT NULL CHECK (kind IN ('full', 'probationary')),
  group_name TEXT NOT NULL DEFAULT '' CHECK (length(group_name) <= 40),
  post TEXT NOT NULL DEFAULT '' CHECK (length(post) <= 40),
  grade TEXT NOT NULL DEFAULT '' CHECK (grade IN ('', 'excellent', 'qualified', 'basic', 'unqualified')),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  absence TEXT NOT NULL DEFAULT '' CHECK (length(absence) <= 200),
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  PRIMARY KEY (year, member_id),
  CHECK (kind = 'full' OR grade = '')
) STRICT;
CREATE INDEX appraisal_of_member ON appraisal_member (member_id);
