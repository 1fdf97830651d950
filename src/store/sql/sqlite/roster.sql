-- name: organisation_no
SELECT no FROM organisation WHERE id = ?1

-- name: add_organisation
INSERT INTO organisation (id, name) VALUES (?1, ?2)

-- name: school_no
SELECT no FROM school WHERE id = ?1

-- name: add_school
INSERT INTO school (id, organisation_no, name) VALUES (?1, ?2, ?3)

-- name: class_of
SELECT k.no, s.id FROM school_class k JOIN school s ON s.no = k.school_no WHERE k.id = ?1

-- name: add_class
INSERT INTO school_class (id, school_no, name) VALUES (?1, ?2, ?3)

-- name: course_no
SELECT no FROM course WHERE id = ?1

-- name: teacher_no
SELECT a.no, coalesce(s.id, '') FROM account a LEFT JOIN school s ON s.no = a.school_no WHERE a.id = ?1 AND a.role = 'teacher'

-- name: student_no
SELECT no FROM student WHERE id = ?1

-- name: add_class_course
INSERT INTO class_course (class_no, course_no) VALUES (?1, ?2) ON CONFLICT DO NOTHING

-- name: add_class_teacher
INSERT INTO class_teacher (class_no, account_no) VALUES (?1, ?2) ON CONFLICT DO NOTHING

-- name: add_class_student
INSERT INTO class_student (class_no, student_no) VALUES (?1, ?2) ON CONFLICT DO NOTHING

-- name: schools
SELECT s.id, s.name, o.id, o.name FROM school s JOIN organisation o ON o.no = s.organisation_no ORDER BY s.id

-- name: classes
SELECT k.id, s.id, k.name FROM school_class k JOIN school s ON s.no = k.school_no ORDER BY k.id

-- name: class_courses
SELECT c.id FROM school_class k JOIN class_course x ON x.class_no = k.no JOIN course c ON c.no = x.course_no
WHERE k.id = ?1 ORDER BY c.id

-- name: class_teachers
SELECT a.id FROM school_class k JOIN class_teacher x ON x.class_no = k.no JOIN account a ON a.no = x.account_no
WHERE k.id = ?1 ORDER BY a.id

-- name: class_students
SELECT s.id FROM school_class k JOIN class_student x ON x.class_no = k.no JOIN student s ON s.no = x.student_no
WHERE k.id = ?1 ORDER BY s.id

-- name: reaches
SELECT 1 FROM school_class k
WHERE (k.school_no = (SELECT no FROM school WHERE id = ?2)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = ?1)))
  AND (?3 = '' OR k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = ?3)))
  AND (?4 = '' OR k.no IN (SELECT class_no FROM class_student WHERE student_no = (SELECT no FROM student WHERE id = ?4)))
LIMIT 1

-- name: classes_of
SELECT k.id FROM school_class k
WHERE (k.school_no = (SELECT no FROM school WHERE id = ?2)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = ?1)))
  AND k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = ?3))
ORDER BY k.id

-- name: students_of
SELECT id FROM student WHERE no IN (
  SELECT x.student_no FROM school_class k JOIN class_student x ON x.class_no = k.no
  WHERE (k.school_no = (SELECT no FROM school WHERE id = ?2)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = ?1)))
    AND k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = ?3)))
ORDER BY id
