-- name: migration
-- Every recommendation with what it was made from, so that it can be made again; the runs there are; what was noticed of
-- how well a course is foreseen. decision_context: what many recommendations share, and no student's id.
CREATE TABLE decision_context (
  no INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL
);
-- answers, feedback: how many of the student's, in order, had been taken into account.
CREATE TABLE recommendation (
  no INTEGER PRIMARY KEY,
  enrolment_no INTEGER NOT NULL REFERENCES enrolment (no) ON DELETE CASCADE,
  context_no INTEGER NOT NULL REFERENCES decision_context (no),
  made_at_ms INTEGER NOT NULL,
  answers INTEGER NOT NULL,
  feedback INTEGER NOT NULL,
  wanted INTEGER NOT NULL,
  counterfactual INTEGER NOT NULL,
  asked_target REAL,
  own_target REAL,
  seed INTEGER,
  chosen TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX recommendation_of_enrolment ON recommendation (enrolment_no, no);
CREATE TABLE model_run (
  no INTEGER PRIMARY KEY,
  course_no INTEGER NOT NULL REFERENCES course (no),
  version TEXT NOT NULL,
  parent TEXT NOT NULL,
  base TEXT NOT NULL,
  origin TEXT NOT NULL,
  model TEXT NOT NULL,
  data_hash TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  state TEXT NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  share REAL NOT NULL,
  figures TEXT NOT NULL,
  UNIQUE (course_no, base, version)
);
CREATE TABLE course_alarm (
  no INTEGER PRIMARY KEY,
  course_no INTEGER NOT NULL REFERENCES course (no),
  kind TEXT NOT NULL,
  version TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  figures TEXT NOT NULL,
  UNIQUE (course_no, kind, version, seq)
);
