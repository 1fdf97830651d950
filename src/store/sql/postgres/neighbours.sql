-- name: announce
SELECT pg_notify('meno', $1::text)
