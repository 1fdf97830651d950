-- name: migration
-- Every recommendation with what it was made from, so that it can be made again; the runs there are; what was noticed of
-- how well a course is foreseen. decision_context: what many recommendations share, and no student's id.
CREATE TABLE decision_context (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hash TEXT COLLATE "C" NOT NULL UNIQUE,
  document TEXT NOT NULL
);
-- answers, feedback: how many of the student's, in order, had been taken into account.
CREATE TABLE recommendation (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  enrolment_no BIGINT NOT NULL REFERENCES enrolment (no) ON DELETE CASCADE,
  context_no BIGINT NOT NULL REFERENCES decision_context (no),
  made_at_ms BIGINT NOT NULL,
  answers BIGINT NOT NULL,
  feedback BIGINT NOT NULL,
  wanted BIGINT NOT NULL,
  counterfactual BIGINT NOT NULL,
  asked_target DOUBLE PRECISION,
  own_target DOUBLE PRECISION,
  seed BIGINT,
  chosen TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX recommendation_of_enrolment ON recommendation (enrolment_no, no);
CREATE TABLE model_run (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  course_no BIGINT NOT NULL REFERENCES course (no),
  version TEXT COLLATE "C" NOT NULL,
  parent TEXT NOT NULL,
  base TEXT COLLATE "C" NOT NULL,
  origin TEXT NOT NULL,
  model TEXT NOT NULL,
  data_hash TEXT NOT NULL,
  simulated BIGINT NOT NULL,
  made_at_ms BIGINT NOT NULL,
  metrics TEXT NOT NULL,
  state TEXT NOT NULL,
  changed_at_ms BIGINT NOT NULL,
  share DOUBLE PRECISION NOT NULL,
  figures TEXT NOT NULL,
  UNIQUE (course_no, base, version)
);
CREATE TABLE course_alarm (
  no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  course_no BIGINT NOT NULL REFERENCES course (no),
  kind TEXT COLLATE "C" NOT NULL,
  version TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  figures TEXT NOT NULL,
  UNIQUE (course_no, kind, version, seq)
);
