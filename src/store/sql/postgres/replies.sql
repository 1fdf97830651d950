-- The migration of this noun, and its queries.

-- name: migration
-- Replies to requests that came with an Idempotency-Key, for a day; status 0: not known yet.
CREATE TABLE kept_reply (
  slot TEXT COLLATE "C" PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  status BIGINT NOT NULL,
  sealed TEXT NOT NULL
);
CREATE INDEX kept_reply_by_age ON kept_reply (at_ms);

-- name: expire
DELETE FROM kept_reply WHERE at_ms < $1::bigint

-- name: find
SELECT fingerprint, at_ms, status, sealed FROM kept_reply WHERE slot = $1::text

-- name: claim
INSERT INTO kept_reply (slot, fingerprint, at_ms, status, sealed) VALUES ($1::text, $2::text, $3::bigint, 0, '')

-- name: keep
UPDATE kept_reply SET status = $2::bigint, sealed = $3::text WHERE slot = $1::text

-- name: release
DELETE FROM kept_reply WHERE slot = $1::text
