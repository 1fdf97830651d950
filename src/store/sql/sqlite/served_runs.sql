-- name: append
INSERT INTO served_run (course_no, action, version, base, at_ms, after_seq, figures)
SELECT ?1, ?2, ?3, ?4, ?5, coalesce(max(seq), 0), ?6 FROM answer

-- name: by_no
SELECT r.no, c.id, r.action, r.version, r.base, r.at_ms, r.after_seq, r.figures
FROM served_run r JOIN course c ON c.no = r.course_no WHERE r.no = ?1

-- name: of_course
SELECT r.no, c.id, r.action, r.version, r.base, r.at_ms, r.after_seq, r.figures
FROM course c JOIN served_run r ON r.course_no = c.no WHERE c.id = ?1 ORDER BY r.no

-- name: last_no
SELECT coalesce(max(no), 0) FROM served_run WHERE course_no = ?1 AND base = ?2

-- name: keep_file
INSERT INTO run_file (course_no, version, name, content) VALUES (?1, ?2, ?3, CAST(?4 AS BLOB))
ON CONFLICT (course_no, version, name) DO UPDATE SET content = excluded.content

-- name: files
SELECT f.name, f.content FROM course c JOIN run_file f ON f.course_no = c.no
WHERE c.id = ?1 AND f.version = ?2 ORDER BY f.name
