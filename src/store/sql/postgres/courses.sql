-- name: list
SELECT c.id, c.name_en, c.name_zh, c.simulated, c.content <> '',
       (SELECT count(*) FROM skill s WHERE s.course_no = c.no),
       (SELECT count(*) FROM item i WHERE i.course_no = c.no),
       (SELECT count(*) FROM enrolment e WHERE e.course_no = c.no)
FROM course c ORDER BY c.id

-- name: no
SELECT no FROM course WHERE id = $1

-- name: find
SELECT no, name_en, name_zh, simulated, content FROM course WHERE id = $1

-- name: skills
SELECT id, name_en, name_zh, strand_en, strand_zh FROM skill WHERE course_no = $1 ORDER BY position

-- name: prerequisites
SELECT skill_position, needs_position FROM prerequisite WHERE course_no = $1 ORDER BY skill_position, needs_position

-- name: items
SELECT id, title_en, title_zh FROM item WHERE course_no = $1 ORDER BY position

-- name: item_skills
SELECT item_position, skill_position FROM item_skill WHERE course_no = $1 ORDER BY item_position, skill_position

-- name: add
INSERT INTO course (id, name_en, name_zh, simulated, content) VALUES ($1, $2, $3, $4, $5)
RETURNING no

-- name: add_skill
INSERT INTO skill (course_no, position, id, name_en, name_zh, strand_en, strand_zh) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: add_prerequisite
INSERT INTO prerequisite (course_no, skill_position, needs_position) VALUES ($1, $2, $3)

-- name: add_item
INSERT INTO item (course_no, position, id, title_en, title_zh) VALUES ($1, $2, $3, $4, $5)

-- name: add_item_skill
INSERT INTO item_skill (course_no, item_position, skill_position) VALUES ($1, $2, $3)
