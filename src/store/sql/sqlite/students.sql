-- name: of_course
SELECT s.id, s.display_name, s.simulated, (SELECT count(*) FROM answer a WHERE a.enrolment_no = e.no)
FROM course c JOIN enrolment e ON e.course_no = c.no JOIN student s ON s.no = e.student_no
WHERE c.id = ?1 ORDER BY s.id

-- name: find
SELECT s.id, s.display_name, s.simulated, (SELECT count(*) FROM answer a WHERE a.enrolment_no = e.no)
FROM course c JOIN enrolment e ON e.course_no = c.no JOIN student s ON s.no = e.student_no
WHERE c.id = ?1 AND s.id = ?2

-- name: by_id
SELECT no, display_name FROM student WHERE id = ?1

-- name: add
INSERT INTO student (id, display_name, simulated) VALUES (?1, ?2, ?3)

-- name: enrol
INSERT INTO enrolment (course_no, student_no) VALUES (?1, ?2)

-- name: grown
SELECT count(*), coalesce(max(no), ?1) FROM student WHERE no > ?1
