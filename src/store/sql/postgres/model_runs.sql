-- name: put
INSERT INTO model_run (course_no, version, parent, base, origin, model, data_hash, simulated, made_at_ms, metrics, state,
                       changed_at_ms, share, figures)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (course_no, base, version) DO UPDATE
SET parent = excluded.parent, origin = excluded.origin, model = excluded.model, data_hash = excluded.data_hash,
    simulated = excluded.simulated, made_at_ms = excluded.made_at_ms, metrics = excluded.metrics, state = excluded.state,
    changed_at_ms = excluded.changed_at_ms, share = excluded.share,
    figures = excluded.figures

-- name: of_course
SELECT c.id, r.version, r.parent, r.base, r.origin, r.model, r.data_hash, r.simulated, r.made_at_ms, r.metrics, r.state,
       r.changed_at_ms, r.share, r.figures
FROM course c JOIN model_run r ON r.course_no = c.no WHERE c.id = $1 ORDER BY r.no

-- name: add_alarm
INSERT INTO course_alarm (course_no, kind, version, seq, at_ms, figures) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (course_no, kind, version, seq) DO NOTHING
RETURNING no

-- name: alarms
SELECT c.id, a.kind, a.version, a.seq, a.at_ms, a.figures
FROM course c JOIN course_alarm a ON a.course_no = c.no WHERE c.id = $1 ORDER BY a.no
