-- name: append
INSERT INTO feedback (event_id, enrolment_no, item_id, kind, given_at_ms, request_id, after_seq)
SELECT $1::text, $2::bigint, $3::text, $4::text, $5::bigint, $6::text, coalesce(max(seq), 0)
FROM answer WHERE enrolment_no = $2::bigint
ON CONFLICT (event_id) DO NOTHING
RETURNING no, (SELECT coalesce(max(a.seq), 0) FROM answer a WHERE a.enrolment_no = $2::bigint),
          (SELECT coalesce(max(f.no), 0) FROM feedback f WHERE f.enrolment_no = $2::bigint)

-- name: by_event
SELECT f.no, f.event_id, c.id, s.id, f.item_id, f.kind, f.given_at_ms, f.after_seq, f.request_id
FROM feedback f JOIN enrolment e ON e.no = f.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no
WHERE f.event_id = $1

-- name: of_student
SELECT f.no, f.event_id, $1::text, $2::text, f.item_id, f.kind, f.given_at_ms, f.after_seq, f.request_id
FROM feedback f
WHERE f.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))
  AND f.no > $3::bigint
ORDER BY f.no

-- name: of_course
SELECT f.no, f.event_id, c.id, s.id, f.item_id, f.kind, f.given_at_ms, f.after_seq, f.request_id
FROM course c JOIN enrolment e ON e.course_no = c.no JOIN student s ON s.no = e.student_no
     JOIN feedback f ON f.enrolment_no = e.no
WHERE c.id = $1 ORDER BY f.no
