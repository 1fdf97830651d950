-- The tables, one block a version; meno_store.version says how many have been applied. Never edit a released block.
-- Integers are bigint throughout: that is how parameters are sent. Ids sort by their bytes, as in SQLite.

-- name: version_1
-- One row: how new the tables are, which server writes, and how many batches have been committed (which tells, after a
-- lost connection, what became of the last one).
CREATE TABLE meno_store (
  one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
  version BIGINT NOT NULL,
  writer TEXT NOT NULL,
  batch BIGINT NOT NULL
);
INSERT INTO meno_store (version, writer, batch) VALUES (0, '', 0);
CREATE TABLE course (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  simulated BIGINT NOT NULL,
  content TEXT NOT NULL
);
CREATE TABLE skill (
  course_no BIGINT NOT NULL REFERENCES course (no),
  position BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  strand_en TEXT,
  strand_zh TEXT,
  PRIMARY KEY (course_no, position),
  UNIQUE (course_no, id)
);
CREATE TABLE prerequisite (
  course_no BIGINT NOT NULL,
  skill_position BIGINT NOT NULL,
  needs_position BIGINT NOT NULL,
  PRIMARY KEY (course_no, skill_position, needs_position)
);
CREATE TABLE item (
  course_no BIGINT NOT NULL REFERENCES course (no),
  position BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  title_en TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  PRIMARY KEY (course_no, position),
  UNIQUE (course_no, id)
);
CREATE TABLE item_skill (
  course_no BIGINT NOT NULL,
  item_position BIGINT NOT NULL,
  skill_position BIGINT NOT NULL,
  PRIMARY KEY (course_no, item_position, skill_position)
);
CREATE TABLE student (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  simulated BIGINT NOT NULL
);
CREATE TABLE enrolment (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  course_no BIGINT NOT NULL REFERENCES course (no),
  student_no BIGINT NOT NULL REFERENCES student (no),
  UNIQUE (course_no, student_no)
);
-- seq is the order of commits: what a student's state is rebuilt in. Its sequence keeps that order because only one
-- connection writes, under the lock of meno_store; refused answers leave gaps.
CREATE TABLE answer (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id TEXT COLLATE "C" NOT NULL UNIQUE,
  enrolment_no BIGINT NOT NULL REFERENCES enrolment (no),
  item_id TEXT NOT NULL,
  variant BIGINT NOT NULL,
  response TEXT,
  correct DOUBLE PRECISION NOT NULL,
  answered_at_ms BIGINT NOT NULL,
  response_ms BIGINT,
  hints_used BIGINT,
  fingerprint TEXT NOT NULL
);
CREATE INDEX answer_of_enrolment ON answer (enrolment_no, seq);

-- name: version_2
-- Which run serves a course: a row for every change, the last one counts.
CREATE TABLE served_run (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  course_no BIGINT NOT NULL REFERENCES course (no),
  action TEXT NOT NULL,
  version TEXT NOT NULL,
  base TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  after_seq BIGINT NOT NULL,
  figures TEXT NOT NULL
);
CREATE INDEX served_run_of_course ON served_run (course_no, no);

-- name: version_3
-- What students say of recommendations, and what teachers and students have set. after_seq: the student's last answer
-- before it, so that a replay takes both in the order in which they came.
CREATE TABLE feedback (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id TEXT COLLATE "C" NOT NULL UNIQUE,
  enrolment_no BIGINT NOT NULL REFERENCES enrolment (no),
  item_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  given_at_ms BIGINT NOT NULL,
  after_seq BIGINT NOT NULL
);
CREATE INDEX feedback_of_enrolment ON feedback (enrolment_no, no);
-- enrolment_no 0: the whole course.
CREATE TABLE setting (
  course_no BIGINT NOT NULL REFERENCES course (no),
  enrolment_no BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  document TEXT NOT NULL,
  changed_at_ms BIGINT NOT NULL,
  PRIMARY KEY (course_no, enrolment_no, name)
);

-- name: version_4
-- People: who learns and teaches where, who may come in, and what was done.
CREATE TABLE organisation (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT NOT NULL
);
CREATE TABLE school (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  organisation_no BIGINT NOT NULL REFERENCES organisation (no),
  name TEXT NOT NULL
);
CREATE TABLE school_class (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  school_no BIGINT NOT NULL REFERENCES school (no),
  name TEXT NOT NULL
);
CREATE INDEX school_class_of_school ON school_class (school_no);
CREATE TABLE account (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  role TEXT NOT NULL,
  display_name TEXT NOT NULL,
  school_no BIGINT REFERENCES school (no),
  student_no BIGINT REFERENCES student (no),
  password_hash TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  locked_until_ms BIGINT
);
CREATE TABLE class_course (
  class_no BIGINT NOT NULL REFERENCES school_class (no),
  course_no BIGINT NOT NULL REFERENCES course (no),
  PRIMARY KEY (class_no, course_no)
);
CREATE TABLE class_teacher (
  class_no BIGINT NOT NULL REFERENCES school_class (no),
  account_no BIGINT NOT NULL REFERENCES account (no),
  PRIMARY KEY (class_no, account_no)
);
CREATE INDEX class_of_teacher ON class_teacher (account_no);
CREATE TABLE class_student (
  class_no BIGINT NOT NULL REFERENCES school_class (no),
  student_no BIGINT NOT NULL REFERENCES student (no),
  PRIMARY KEY (class_no, student_no)
);
CREATE INDEX class_of_student ON class_student (student_no);
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account_no BIGINT NOT NULL REFERENCES account (no),
  expires_at_ms BIGINT NOT NULL
);
CREATE TABLE service_key (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  school_no BIGINT REFERENCES school (no),
  expires_at_ms BIGINT,
  revoked BIGINT NOT NULL
);
-- Append-only: hash is over the row before and this one, so that a change shows.
CREATE TABLE audit (
  no BIGINT PRIMARY KEY,
  at_ms BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE RULE audit_stays AS ON UPDATE TO audit DO INSTEAD NOTHING;
CREATE RULE audit_is_kept AS ON DELETE TO audit DO INSTEAD NOTHING;
