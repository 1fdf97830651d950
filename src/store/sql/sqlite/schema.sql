-- The tables, one block a version; user_version says how many have been applied. Never edit a released block.

-- name: version_1
CREATE TABLE course (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  content TEXT NOT NULL
);
CREATE TABLE skill (
  course_no INTEGER NOT NULL REFERENCES course (no),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  strand_en TEXT,
  strand_zh TEXT,
  PRIMARY KEY (course_no, position),
  UNIQUE (course_no, id)
) WITHOUT ROWID;
CREATE TABLE prerequisite (
  course_no INTEGER NOT NULL,
  skill_position INTEGER NOT NULL,
  needs_position INTEGER NOT NULL,
  PRIMARY KEY (course_no, skill_position, needs_position)
) WITHOUT ROWID;
CREATE TABLE item (
  course_no INTEGER NOT NULL REFERENCES course (no),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  title_en TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  PRIMARY KEY (course_no, position),
  UNIQUE (course_no, id)
) WITHOUT ROWID;
CREATE TABLE item_skill (
  course_no INTEGER NOT NULL,
  item_position INTEGER NOT NULL,
  skill_position INTEGER NOT NULL,
  PRIMARY KEY (course_no, item_position, skill_position)
) WITHOUT ROWID;
CREATE TABLE student (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  simulated INTEGER NOT NULL
);
CREATE TABLE enrolment (
  no INTEGER PRIMARY KEY,
  course_no INTEGER NOT NULL REFERENCES course (no),
  student_no INTEGER NOT NULL REFERENCES student (no),
  UNIQUE (course_no, student_no)
);
-- seq is the order of commits: what a student's state is rebuilt in.
CREATE TABLE answer (
  seq INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  enrolment_no INTEGER NOT NULL REFERENCES enrolment (no),
  item_id TEXT NOT NULL,
  variant INTEGER NOT NULL,
  response TEXT,
  correct REAL NOT NULL,
  answered_at_ms INTEGER NOT NULL,
  response_ms INTEGER,
  hints_used INTEGER,
  fingerprint TEXT NOT NULL
);
CREATE INDEX answer_of_enrolment ON answer (enrolment_no, seq);

-- name: version_2
-- Which run serves a course: a row for every change, the last one counts.
CREATE TABLE served_run (
  no INTEGER PRIMARY KEY,
  course_no INTEGER NOT NULL REFERENCES course (no),
  action TEXT NOT NULL,
  version TEXT NOT NULL,
  base TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  after_seq INTEGER NOT NULL,
  figures TEXT NOT NULL
);
CREATE INDEX served_run_of_course ON served_run (course_no, no);

-- name: version_3
-- What students say of recommendations, and what teachers and students have set. after_seq: the student's last answer
-- before it, so that a replay takes both in the order in which they came.
CREATE TABLE feedback (
  no INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL UNIQUE,
  enrolment_no INTEGER NOT NULL REFERENCES enrolment (no),
  item_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  given_at_ms INTEGER NOT NULL,
  after_seq INTEGER NOT NULL
);
CREATE INDEX feedback_of_enrolment ON feedback (enrolment_no, no);
-- enrolment_no 0: the whole course.
CREATE TABLE setting (
  course_no INTEGER NOT NULL REFERENCES course (no),
  enrolment_no INTEGER NOT NULL,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (course_no, enrolment_no, name)
) WITHOUT ROWID;
