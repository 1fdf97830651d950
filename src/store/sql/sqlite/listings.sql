-- name: students
SELECT s.id, s.display_name, s.simulated, (SELECT count(*) FROM answer a WHERE a.enrolment_no = e.no)
FROM enrolment e JOIN student s ON s.no = e.student_no
WHERE e.course_no = (SELECT no FROM course WHERE id = ?1)
  AND s.id > ?2
  AND (?3 = '' OR lower(substr(s.display_name, 1, length(?3))) = lower(?3))
  AND ((?4 = 1 AND ?5 = '') OR s.no IN (
    SELECT x.student_no FROM school_class k JOIN class_student x ON x.class_no = k.no
    WHERE (?5 = '' OR k.id = ?5)
      AND (?4 = 1 OR (k.school_no = (SELECT no FROM school WHERE id = ?6)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = ?7))))
      AND k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = ?1))))
ORDER BY s.id LIMIT ?8

-- name: answers
SELECT a.seq, a.event_id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.request_id
FROM answer a
WHERE a.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = ?1)
                                                   AND student_no = (SELECT no FROM student WHERE id = ?2))
  AND a.seq > ?3 AND a.answered_at_ms >= ?4 AND a.answered_at_ms < ?5
ORDER BY a.seq LIMIT ?6

-- name: accounts
SELECT a.id, a.role, a.display_name, coalesce(k.id, ''), coalesce(s.id, ''), a.disabled
FROM account a LEFT JOIN school k ON k.no = a.school_no LEFT JOIN student s ON s.no = a.student_no
WHERE a.id > ?1 AND (?2 = '' OR k.id = ?2) AND (?3 = '' OR a.role = ?3)
ORDER BY a.id LIMIT ?4

-- name: keys
SELECT y.id, y.scopes, coalesce(k.id, ''), y.expires_at_ms, y.revoked
FROM service_key y LEFT JOIN school k ON k.no = y.school_no
WHERE y.id > ?1 AND (?2 = '' OR k.id = ?2)
ORDER BY y.id LIMIT ?3

-- name: schools
SELECT s.id, s.name, o.id, o.name FROM school s JOIN organisation o ON o.no = s.organisation_no
WHERE s.id > ?1 AND (?2 = '' OR s.id = ?2)
ORDER BY s.id LIMIT ?3

-- name: classes
SELECT k.id, s.id, k.name, (SELECT count(*) FROM class_course x WHERE x.class_no = k.no),
       (SELECT count(*) FROM class_teacher x WHERE x.class_no = k.no),
       (SELECT count(*) FROM class_student x WHERE x.class_no = k.no)
FROM school_class k JOIN school s ON s.no = k.school_no
WHERE k.id > ?1 AND (?2 = '' OR s.id = ?2) AND (?8 = '' OR k.id = ?8)
  AND (?3 = '' OR k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = ?3)))
  AND (?4 = 1 OR (k.school_no = (SELECT no FROM school WHERE id = ?5)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = ?6))))
ORDER BY k.id LIMIT ?7

-- name: audit
SELECT no, at_ms, actor, action, target, detail, hash FROM audit
WHERE no > ?1 AND (?2 = '' OR actor = ?2) AND (?3 = '' OR action = ?3)
  AND at_ms >= ?4 AND at_ms < ?5
ORDER BY no LIMIT ?6
