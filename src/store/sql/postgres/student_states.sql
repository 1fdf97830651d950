-- name: find
SELECT t.version, t.seq, t.feedback_no, t.content
FROM student_state t
WHERE t.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))

-- name: keep
-- One that knows less, of the same version, changes nothing.
INSERT INTO student_state (enrolment_no, version, seq, feedback_no, content) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (enrolment_no) DO UPDATE
SET version = excluded.version, seq = excluded.seq, feedback_no = excluded.feedback_no, content = excluded.content
WHERE student_state.version <> excluded.version OR student_state.seq <= excluded.seq
