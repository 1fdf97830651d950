-- name: last
SELECT no, hash FROM audit ORDER BY no DESC LIMIT 1

-- name: append
INSERT INTO audit (no, at_ms, actor, action, target, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)

-- name: since
SELECT no, at_ms, actor, action, target, detail, hash FROM audit WHERE no > ?1 ORDER BY no LIMIT ?2
