-- The migration of this noun, and its queries.

-- name: migration
-- Replies to requests that came with an Idempotency-Key, for a day; status 0: not known yet.
CREATE TABLE kept_reply (
  slot TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  status INTEGER NOT NULL,
  sealed TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX kept_reply_by_age ON kept_reply (at_ms);

-- name: expire
DELETE FROM kept_reply WHERE at_ms < ?1

-- name: find
SELECT fingerprint, at_ms, status, sealed FROM kept_reply WHERE slot = ?1

-- name: claim
INSERT INTO kept_reply (slot, fingerprint, at_ms, status, sealed) VALUES (?1, ?2, ?3, 0, '')

-- name: keep
UPDATE kept_reply SET status = ?2, sealed = ?3 WHERE slot = ?1

-- name: release
DELETE FROM kept_reply WHERE slot = ?1
