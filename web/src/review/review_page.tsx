// Review: which skills are due to be gone over again, on which day, and why now.
import "../styles/review.css";

import { Link } from "wouter";

import { useReviews, useSkills } from "../api/queries";
import type { Review, ReviewQueue, Skill } from "../api/types";
import { Failure, Loading } from "../parts/page_state";
import { Page } from "../shell/page";
import { paths } from "../shell/paths";
import { percent } from "../text/format";
import { useSpeech } from "../text/language";

const kDayMs = 86_400_000;

/** Neighbours that are put on the same day. */
export function days(reviews: readonly Review[]): { day: string; reviews: Review[] }[] {
  const made: { day: string; reviews: Review[] }[] = [];
  for (const review of reviews) {
    const last = made.at(-1);
    if (last?.day === review.day) last.reviews.push(review);
    else made.push({ day: review.day, reviews: [review] });
  }
  return made;
}

function Load({ queue }: { queue: ReviewQueue }) {
  const { t, language } = useSpeech();
  const most = Math.max(1, ...queue.load);
  const today = Date.now();
  return (
    <ol className="review-load" aria-label={t.review.load}>
      {queue.load.map((count, k) => {
        const day = new Date(today + k * kDayMs).toLocaleDateString(language, { weekday: "short", day: "numeric" });
        return (
          <li key={day}>
            <span className="review-bar" style={{ blockSize: `${(3 * count) / most}rem` }} aria-hidden />
            <span className="number">{count}</span>
            <span className="small muted">{day}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Queue({ queue, skills }: { queue: ReviewQueue; skills: Skill[] }) {
  const { t, say, language } = useSpeech();
  const nameOf = (id: string) => {
    const skill = skills.find((each) => each.id === id);
    return skill ? say(skill.name) : id;
  };
  const dayName = (iso: string) =>
    new Date(iso).toLocaleDateString(language, { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" });
  return (
    <>
      <Load queue={queue} />
      {queue.reviews.length === 0 && <p>{t.review.nothing}</p>}
      {days(queue.reviews).map(({ day, reviews }) => (
        <section key={day} className="card">
          <h2>{dayName(day)}</h2>
          <ul className="review-list">
            {reviews.map((review) => (
              <li key={review.skill_id}>
                <strong>{nameOf(review.skill_id)}</strong>{" "}
                <span>{t.review.recall(percent(review.p_recall))}</span>{" "}
                <span className="muted">{t.review.due(dayName(review.due_at))}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="small muted">{t.review.basis(queue.tests_of_memory, queue.later)}</p>
    </>
  );
}

interface Props {
  courseId: string;
  studentId: string;
}

export default function ReviewPage({ courseId, studentId }: Props) {
  const { t } = useSpeech();
  const skills = useSkills(courseId);
  const reviews = useReviews(studentId, courseId);
  const failed = [skills, reviews].find((query) => query.isError);
  return (
    <Page title={t.review.title} courseId={courseId}>
      <p className="muted">{t.review.intro}</p>
      {failed ? (
        <Failure error={failed.error} retry={() => void failed.refetch()} />
      ) : skills.data && reviews.data ? (
        <>
          <Queue queue={reviews.data} skills={skills.data} />
          <p className="actions">
            <Link className="button button-main" href={paths.practice(courseId, studentId)}>
              {t.skills.practise}
            </Link>
          </p>
        </>
      ) : (
        <Loading />
      )}
    </Page>
  );
}
