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

-- name: version_4
-- People: who learns and teaches where, who may come in, and what was done.
CREATE TABLE organisation (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);
CREATE TABLE school (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  organisation_no INTEGER NOT NULL REFERENCES organisation (no),
  name TEXT NOT NULL
);
CREATE TABLE school_class (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  school_no INTEGER NOT NULL REFERENCES school (no),
  name TEXT NOT NULL
);
CREATE INDEX school_class_of_school ON school_class (school_no);
CREATE TABLE account (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  display_name TEXT NOT NULL,
  school_no INTEGER REFERENCES school (no),
  student_no INTEGER REFERENCES student (no),
  password_hash TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  locked_until_ms INTEGER
);
CREATE TABLE class_course (
  class_no INTEGER NOT NULL REFERENCES school_class (no),
  course_no INTEGER NOT NULL REFERENCES course (no),
  PRIMARY KEY (class_no, course_no)
) WITHOUT ROWID;
CREATE TABLE class_teacher (
  class_no INTEGER NOT NULL REFERENCES school_class (no),
  account_no INTEGER NOT NULL REFERENCES account (no),
  PRIMARY KEY (class_no, account_no)
) WITHOUT ROWID;
CREATE INDEX class_of_teacher ON class_teacher (account_no);
CREATE TABLE class_student (
  class_no INTEGER NOT NULL REFERENCES school_class (no),
  student_no INTEGER NOT NULL REFERENCES student (no),
  PRIMARY KEY (class_no, student_no)
) WITHOUT ROWID;
CREATE INDEX class_of_student ON class_student (student_no);
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account_no INTEGER NOT NULL REFERENCES account (no),
  expires_at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE service_key (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  school_no INTEGER REFERENCES school (no),
  expires_at_ms INTEGER,
  revoked INTEGER NOT NULL
);
-- Append-only: hash is over the row before and this one, so that a change shows.
CREATE TABLE audit (
  no INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
