-- name: add_context
INSERT INTO decision_context (hash, document) VALUES ($1::text, $2::text) ON CONFLICT (hash) DO NOTHING
RETURNING no

-- name: append
-- Adds nothing when the student is not enrolled or the context is not there.
INSERT INTO recommendation (enrolment_no, context_no, made_at_ms, answers, feedback, wanted, counterfactual, asked_target,
                            own_target, seed, chosen, digest, request_id)
SELECT e.no, x.no, $4::bigint, $5::bigint, $6::bigint, $7::bigint, $8::bigint, $9::double precision, $10::double precision, $11::bigint, $12::text, $13::text, $14::text
FROM enrolment e, decision_context x
WHERE e.course_no = (SELECT no FROM course WHERE id = $1::text) AND e.student_no = (SELECT no FROM student WHERE id = $2::text)
  AND x.hash = $3::text
RETURNING no

-- name: feedback_until
SELECT count(*) FROM feedback
WHERE enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                 AND student_no = (SELECT no FROM student WHERE id = $2::text))
  AND no <= $3::bigint

-- name: find
SELECT r.no, c.id, s.id, x.hash, x.document, r.made_at_ms, r.answers, r.feedback, r.wanted, r.counterfactual, r.asked_target,
       r.own_target, r.seed, r.chosen, r.digest, r.request_id
FROM recommendation r JOIN enrolment e ON e.no = r.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no JOIN decision_context x ON x.no = r.context_no
WHERE r.no = $1::bigint

-- name: of_student
SELECT r.no, $1::text, $2::text, x.hash, x.document, r.made_at_ms, r.answers, r.feedback, r.wanted, r.counterfactual, r.asked_target,
       r.own_target, r.seed, r.chosen, r.digest, r.request_id
FROM recommendation r JOIN decision_context x ON x.no = r.context_no
WHERE r.enrolment_no = (SELECT no FROM enrolment WHERE course_no = (SELECT no FROM course WHERE id = $1::text)
                                                   AND student_no = (SELECT no FROM student WHERE id = $2::text))
  AND r.no < $3::bigint
ORDER BY r.no DESC LIMIT $4::bigint

-- name: since
SELECT r.no, c.id, s.id, x.hash, x.document, r.made_at_ms, r.answers, r.feedback, r.wanted, r.counterfactual, r.asked_target,
       r.own_target, r.seed, r.chosen, r.digest, r.request_id
FROM recommendation r JOIN enrolment e ON e.no = r.enrolment_no JOIN course c ON c.no = e.course_no
     JOIN student s ON s.no = e.student_no JOIN decision_context x ON x.no = r.context_no
WHERE r.no > $1::bigint ORDER BY r.no LIMIT $2::bigint

-- name: uptake
-- By run and reason of the first item: how often it was recommended, and what students said of it. Feedback belongs to the
-- latest recommendation of its item that was made from the same answers and the feedback before it.
WITH made AS (
  SELECT r.no, r.enrolment_no, r.answers, r.feedback, x.document::jsonb ->> 'run' AS run,
         r.chosen::jsonb -> 0 ->> 3 AS reason, r.chosen::jsonb -> 0 ->> 0 AS item_id
  FROM course c JOIN enrolment e ON e.course_no = c.no JOIN recommendation r ON r.enrolment_no = e.no
       JOIN decision_context x ON x.no = r.context_no
  WHERE c.id = $1::text
), said AS (
  SELECT (SELECT max(m.no) FROM made m
          WHERE m.enrolment_no = f.enrolment_no AND m.item_id = f.item_id
            AND m.answers = (SELECT count(*) FROM answer a WHERE a.enrolment_no = f.enrolment_no AND a.seq <= f.after_seq)
            AND m.feedback = (SELECT count(*) FROM feedback g WHERE g.enrolment_no = f.enrolment_no AND g.no < f.no)
         ) AS made_no, f.kind
  FROM course c JOIN enrolment e ON e.course_no = c.no JOIN feedback f ON f.enrolment_no = e.no
  WHERE c.id = $1::text
)
SELECT run, reason, kind, count(*) FROM (
  SELECT m.run, m.reason, '' AS kind FROM made m
  UNION ALL
  SELECT m.run, m.reason, s.kind FROM said s JOIN made m ON m.no = s.made_no
) AS counted GROUP BY run, reason, kind ORDER BY run COLLATE "C", reason COLLATE "C", kind COLLATE "C"
