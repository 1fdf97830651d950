-- name: find
SELECT t.version, t.seq, t.feedback_no, t.content
FROM course c JOIN student s JOIN enrolment e ON e.course_no = c.no AND e.student_no = s.no
     JOIN student_state t ON t.enrolment_no = e.no
WHERE c.id = ?1 AND s.id = ?2

-- name: keep
-- One that knows less, of the same version, changes nothing.
INSERT INTO student_state (enrolment_no, version, seq, feedback_no, content) VALUES (?1, ?2, ?3, ?4, CAST(?5 AS BLOB))
ON CONFLICT (enrolment_no) DO UPDATE
SET version = excluded.version, seq = excluded.seq, feedback_no = excluded.feedback_no, content = excluded.content
WHERE student_state.version <> excluded.version OR student_state.seq <= excluded.seq
