-- name: enrolment
-- Sub-selects, not joins: on tables that were never analysed the planner walks all of a course's enrolments.
SELECT no FROM enrolment
WHERE course_no = (SELECT no FROM course WHERE id = $1::text) AND student_no = (SELECT no FROM student WHERE id = $2::text)

-- name: append
INSERT INTO answer (event_id, enrolment_no, item_id, variant, response, correct, answered_at_ms, response_ms, hints_used,
                    fingerprint, request_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (event_id) DO NOTHING
RETURNING seq, (SELECT coalesce(max(a.seq), 0) FROM answer a WHERE a.enrolment_no = $2::bigint),
          (SELECT coalesce(max(f.no), 0) FROM feedback f WHERE f.enrolment_no = $2::bigint)

-- name: by_event
SELECT a.seq, a.event_id, c.id, s.id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint, a.request_id
FROM answer a JOIN enrolment e ON e.no = a.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE a.event_id = $1

-- name: history
SELECT a.seq, a.event_id, $1::text, $2::text, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint, a.request_id
FROM answer a
WHERE a.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))
  AND a.seq > $3::bigint
ORDER BY a.seq

-- name: mark
SELECT (SELECT coalesce(max(a.seq), 0) FROM answer a WHERE a.enrolment_no = e.no),
       (SELECT coalesce(max(f.no), 0) FROM feedback f WHERE f.enrolment_no = e.no)
FROM enrolment e
WHERE e.course_no = (SELECT no FROM course WHERE id = $1::text) AND e.student_no = (SELECT no FROM student WHERE id = $2::text)

-- name: grown
SELECT count(*), coalesce(max(seq), $1::bigint) FROM answer WHERE seq > $1::bigint

-- name: since
SELECT a.seq, a.event_id, c.id, s.id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint, a.request_id
FROM answer a JOIN enrolment e ON e.no = a.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE a.seq > $1::bigint ORDER BY a.seq LIMIT $2::bigint
