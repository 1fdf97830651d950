-- name: enrolment
SELECT e.no FROM course c JOIN student s JOIN enrolment e ON e.course_no = c.no AND e.student_no = s.no
WHERE c.id = ?1 AND s.id = ?2

-- name: append
INSERT INTO answer (event_id, enrolment_no, item_id, variant, response, correct, answered_at_ms, response_ms, hints_used,
                    fingerprint, request_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (event_id) DO NOTHING

-- name: by_event
SELECT a.seq, a.event_id, c.id, s.id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint, a.request_id
FROM answer a JOIN enrolment e ON e.no = a.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE a.event_id = ?1

-- name: history
SELECT a.seq, a.event_id, ?1, ?2, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint, a.request_id
FROM course c JOIN student s JOIN enrolment e ON e.course_no = c.no AND e.student_no = s.no
     JOIN answer a ON a.enrolment_no = e.no
WHERE c.id = ?1 AND s.id = ?2 AND a.seq > ?3 ORDER BY a.seq

-- name: mark
SELECT (SELECT coalesce(max(a.seq), 0) FROM answer a WHERE a.enrolment_no = e.no),
       (SELECT coalesce(max(f.no), 0) FROM feedback f WHERE f.enrolment_no = e.no)
FROM course c JOIN student s JOIN enrolment e ON e.course_no = c.no AND e.student_no = s.no
WHERE c.id = ?1 AND s.id = ?2

-- name: grown
SELECT count(*), coalesce(max(seq), ?1) FROM answer WHERE seq > ?1

-- name: since
SELECT a.seq, a.event_id, c.id, s.id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.fingerprint, a.request_id
FROM answer a JOIN enrolment e ON e.no = a.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE a.seq > ?1 ORDER BY a.seq LIMIT ?2
