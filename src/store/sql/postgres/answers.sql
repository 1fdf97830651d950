-- name: enrolment
-- Sub-selects, not joins: on tables that were never analysed the planner walks all of a course's enrolments.
SELECT no FROM enrolment
WHERE course_no = (SELECT no FROM course WHERE id = $1::text) AND student_no = (SELECT no FROM student WHERE id = $2::text)

-- name: append
INSERT INTO answer (event_id, enrolment_no, item_id, variant, response, correct, answered_at_ms, response_ms, hints_used,
                    fingerprint)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (event_id) DO NOTHING
RETURNING seq

-- name: by_event
SELECT a.seq, a.event_id, c.id, s.id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint
FROM answer a JOIN enrolment e ON e.no = a.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE a.event_id = $1

-- name: history
SELECT a.seq, a.event_id, $1::text, $2::text, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint
FROM answer a
WHERE a.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))
ORDER BY a.seq

-- name: since
SELECT a.seq, a.event_id, c.id, s.id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint
FROM answer a JOIN enrolment e ON e.no = a.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE a.seq > $1::bigint ORDER BY a.seq LIMIT $2::bigint
