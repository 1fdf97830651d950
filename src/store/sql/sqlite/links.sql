-- The migration of this noun, and its queries.

-- name: migration
-- Whom an identity provider means: its name (issuer) and what it calls the person (subject, never given to another). An
-- account has one link of an issuer at most, so that a second subject under the same user name opens nothing.
CREATE TABLE account_link (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account_no INTEGER NOT NULL REFERENCES account (no),
  PRIMARY KEY (issuer, subject),
  UNIQUE (issuer, account_no)
) WITHOUT ROWID;
CREATE INDEX link_of_account ON account_link (account_no);

-- name: add
INSERT INTO account_link (issuer, subject, account_no) VALUES (?1, ?2, ?3)

-- name: remove_of
DELETE FROM account_link WHERE account_no = ?1

-- name: find
SELECT l.issuer, l.subject, a.id FROM account_link l JOIN account a ON a.no = l.account_no WHERE l.issuer = ?1 AND l.subject = ?2

-- name: list
SELECT l.issuer, l.subject, a.id FROM account_link l JOIN account a ON a.no = l.account_no ORDER BY l.issuer, l.subject

-- name: count_of
SELECT count(*) FROM account_link WHERE account_no = ?1
