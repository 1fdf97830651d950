-- name: students
SELECT s.id, s.display_name, s.simulated, (SELECT count(*) FROM answer a WHERE a.enrolment_no = e.no)
FROM enrolment e JOIN student s ON s.no = e.student_no
WHERE e.course_no = (SELECT no FROM course WHERE id = $1::text)
  AND s.id > $2::text
  AND ($3::text = '' OR lower(substr(s.display_name, 1, length($3::text))) = lower($3::text))
  AND (($4::bigint = 1 AND $5::text = '') OR s.no IN (
    SELECT x.student_no FROM school_class k JOIN class_student x ON x.class_no = k.no
    WHERE ($5::text = '' OR k.id = $5::text)
      AND ($4::bigint = 1 OR (k.school_no = (SELECT no FROM school WHERE id = $6::text)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = $7::text))))
      AND k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = $1::text))))
ORDER BY s.id LIMIT $8::bigint

-- name: answers
SELECT a.seq, a.event_id, a.item_id, a.variant, a.response, a.correct, a.answered_at_ms, a.response_ms,
       a.hints_used, a.request_id
FROM answer a
WHERE a.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))
  AND a.seq > $3::bigint AND a.answered_at_ms >= $4::bigint AND a.answered_at_ms < $5::bigint
ORDER BY a.seq LIMIT $6::bigint

-- name: accounts
SELECT a.id, a.role, a.display_name, coalesce(k.id, ''), coalesce(s.id, ''), a.disabled
FROM account a LEFT JOIN school k ON k.no = a.school_no LEFT JOIN student s ON s.no = a.student_no
WHERE a.id > $1::text AND ($2::text = '' OR k.id = $2::text) AND ($3::text = '' OR a.role = $3::text)
ORDER BY a.id LIMIT $4::bigint

-- name: keys
SELECT y.id, y.scopes, coalesce(k.id, ''), y.expires_at_ms, y.revoked
FROM service_key y LEFT JOIN school k ON k.no = y.school_no
WHERE y.id > $1::text AND ($2::text = '' OR k.id = $2::text)
ORDER BY y.id LIMIT $3::bigint

-- name: schools
SELECT s.id, s.name, o.id, o.name FROM school s JOIN organisation o ON o.no = s.organisation_no
WHERE s.id > $1::text AND ($2::text = '' OR s.id = $2::text)
ORDER BY s.id LIMIT $3::bigint

-- name: classes
SELECT k.id, s.id, k.name, (SELECT count(*) FROM class_course x WHERE x.class_no = k.no),
       (SELECT count(*) FROM class_teacher x WHERE x.class_no = k.no),
       (SELECT count(*) FROM class_student x WHERE x.class_no = k.no)
FROM school_class k JOIN school s ON s.no = k.school_no
WHERE k.id > $1::text AND ($2::text = '' OR s.id = $2::text) AND ($8::text = '' OR k.id = $8::text)
  AND ($3::text = '' OR k.no IN (SELECT class_no FROM class_course WHERE course_no = (SELECT no FROM course WHERE id = $3::text)))
  AND ($4::bigint = 1 OR (k.school_no = (SELECT no FROM school WHERE id = $5::text)
       OR k.no IN (SELECT class_no FROM class_teacher WHERE account_no = (SELECT no FROM account WHERE id = $6::text))))
ORDER BY k.id LIMIT $7::bigint

-- name: audit
SELECT no, at_ms, actor, action, target, detail, hash FROM audit
WHERE no > $1::bigint AND ($2::text = '' OR actor = $2::text) AND ($3::text = '' OR action = $3::text)
  AND at_ms >= $4::bigint AND at_ms < $5::bigint
ORDER BY no LIMIT $6::bigint
