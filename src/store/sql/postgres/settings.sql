-- name: put
INSERT INTO setting (course_no, enrolment_no, name, document, changed_at_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (course_no, enrolment_no, name)
DO UPDATE SET document = excluded.document, changed_at_ms = excluded.changed_at_ms

-- name: of_whole
SELECT c.id, '', t.name, t.document, t.changed_at_ms
FROM course c JOIN setting t ON t.course_no = c.no AND t.enrolment_no = 0
WHERE c.id = $1 ORDER BY t.name

-- name: of_student
SELECT $1::text, $2::text, t.name, t.document, t.changed_at_ms
FROM setting t
WHERE t.course_no = (SELECT no FROM course WHERE id = $1::text)
  AND t.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))
ORDER BY t.name

-- name: of_course
SELECT c.id, coalesce(s.id, ''), t.name, t.document, t.changed_at_ms
FROM course c JOIN setting t ON t.course_no = c.no LEFT JOIN enrolment e ON e.no = t.enrolment_no
     LEFT JOIN student s ON s.no = e.student_no
WHERE c.id = $1 ORDER BY coalesce(s.id, ''), t.name
