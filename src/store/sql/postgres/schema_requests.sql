-- By which request a row came, as the log and the reply name it. One migration, in a file of its own.

-- name: requests
-- '': by none (an import, a copy), or before there was this column.
ALTER TABLE answer ADD COLUMN request_id TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN request_id TEXT NOT NULL DEFAULT '';
ALTER TABLE recommendation ADD COLUMN request_id TEXT NOT NULL DEFAULT '';
