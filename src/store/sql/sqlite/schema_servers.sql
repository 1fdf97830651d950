-- States that need no replay, and the files of tuned runs (which PostgreSQL's servers share). One migration, in a file of
-- its own.

-- name: servers
CREATE TABLE run_file (
  course_no INTEGER NOT NULL REFERENCES course (no),
  version TEXT NOT NULL,
  name TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (course_no, version, name)
) WITHOUT ROWID;
-- One student's state under one version of a model, after the answers up to seq and the feedback up to feedback_no.
-- Derived: it may be deleted at any time.
CREATE TABLE student_state (
  enrolment_no INTEGER PRIMARY KEY REFERENCES enrolment (no),
  version TEXT NOT NULL,
  seq INTEGER NOT NULL,
  feedback_no INTEGER NOT NULL,
  content BLOB NOT NULL
);
