-- name: school_no
SELECT no FROM school WHERE id = ?1

-- name: student_no
SELECT no FROM student WHERE id = ?1

-- name: account_no
SELECT no, password_hash FROM account WHERE id = ?1

-- name: add
INSERT INTO account (id, role, display_name, school_no, student_no, password_hash, disabled, failures, locked_until_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)

-- name: update
UPDATE account SET password_hash = ?2, disabled = ?3, failures = ?4, locked_until_ms = ?5 WHERE no = ?1

-- name: find
SELECT a.id, a.role, a.display_name, coalesce(k.id, ''), coalesce(s.id, ''), a.password_hash, a.disabled, a.failures, a.locked_until_ms
FROM account a LEFT JOIN school k ON k.no = a.school_no LEFT JOIN student s ON s.no = a.student_no
WHERE a.id = ?1

-- name: list
SELECT a.id, a.role, a.display_name, coalesce(k.id, ''), coalesce(s.id, ''), a.password_hash, a.disabled, a.failures, a.locked_until_ms
FROM account a LEFT JOIN school k ON k.no = a.school_no LEFT JOIN student s ON s.no = a.student_no
ORDER BY a.id

-- name: forgive
UPDATE account SET failures = 0, locked_until_ms = NULL WHERE no = ?1

-- name: add_session
INSERT INTO session (token_hash, account_no, expires_at_ms) VALUES (?1, ?2, ?3)

-- name: end_session
DELETE FROM session WHERE token_hash = ?1

-- name: end_sessions_of
DELETE FROM session WHERE account_no = ?1

-- name: end_expired
DELETE FROM session WHERE expires_at_ms <= ?1

-- name: find_session
SELECT x.token_hash, a.id, x.expires_at_ms FROM session x JOIN account a ON a.no = x.account_no WHERE x.token_hash = ?1

-- name: add_key
INSERT INTO service_key (id, token_hash, scopes, school_no, expires_at_ms, revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)

-- name: key_no
SELECT no FROM service_key WHERE id = ?1

-- name: revoke_key
UPDATE service_key SET revoked = 1 WHERE no = ?1

-- name: find_key
SELECT y.id, y.token_hash, y.scopes, coalesce(k.id, ''), y.expires_at_ms, y.revoked
FROM service_key y LEFT JOIN school k ON k.no = y.school_no
WHERE y.token_hash = ?1

-- name: keys
SELECT y.id, y.token_hash, y.scopes, coalesce(k.id, ''), y.expires_at_ms, y.revoked
FROM service_key y LEFT JOIN school k ON k.no = y.school_no
ORDER BY y.id
