-- What several servers over one database need, and states that need no replay. One migration, in a file of its own.

-- name: servers
-- A row for each server: its batch tells, after a lost connection, what became of the last one.
CREATE TABLE meno_server (
  id TEXT PRIMARY KEY,
  batch BIGINT NOT NULL,
  last_at TIMESTAMPTZ NOT NULL
);
ALTER TABLE meno_store DROP COLUMN writer;
-- The files of tuned runs, for servers that do not share a folder.
CREATE TABLE run_file (
  course_no BIGINT NOT NULL REFERENCES course (no),
  version TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (course_no, version, name)
);
-- One student's state under one version of a model, after the answers up to seq and the feedback up to feedback_no.
-- Derived: it may be deleted at any time.
CREATE TABLE student_state (
  enrolment_no BIGINT PRIMARY KEY REFERENCES enrolment (no),
  version TEXT NOT NULL,
  seq BIGINT NOT NULL,
  feedback_no BIGINT NOT NULL,
  content BYTEA NOT NULL
);
