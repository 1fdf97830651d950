// The nouns of the HTTP contract as the app names them.

/** One sentence in both languages, so that a switch of language needs no request. */
export interface Text {
  en: string;
  "zh-CN": string;
}

export interface Health {
  status: string;
  version: string;
  run: { model: string; learner: string; data_hash: string; simulated: boolean };
  students: number;
  answers: number;
}

export interface Course {
  id: string;
  name: Text;
  skills: number;
  items: number;
  students: number;
  simulated: boolean;
  has_content: boolean;
}

export interface Skill {
  id: string;
  name: Text;
  strand: Text | null;
  prerequisites: string[];
}

/** An item as a list names it, without its question. */
export interface ItemTitle {
  id: string;
  skills: string[];
  title: Text;
}

export interface Student {
  id: string;
  display_name: string;
  simulated: boolean;
  answers: number;
}

/** A probability of mastery with the band it probably lies in; all three in [0, 1]. */
export interface Estimate {
  p_mastery: number;
  low: number;
  high: number;
}

export type MasteryState = "mastered" | "learning" | "weak" | "not_enough_evidence";

export interface SkillMastery extends Estimate {
  skill_id: string;
  answers: number;
  last_answered_at: string | null;
  state: MasteryState;
}

export interface Choice {
  id: string;
  text: Text;
}

export interface Content {
  prompt: Text;
  answer_kind: "choice" | "number";
  choices: Choice[] | null;
  hints: Text[];
  math: boolean;
}

/** `content` is null for an imported item that has no text of its own. */
export interface Item {
  id: string;
  variant: number;
  title: Text;
  skills: string[];
  content: Content | null;
}

export type ReasonCode =
  | "prerequisite_gap"
  | "practice_zone"
  | "review_forgetting"
  | "explore_not_enough_evidence"
  | "stretch";

export interface PastAttempt {
  event_id: string;
  item_id: string;
  correct: boolean;
  answered_at: string | null;
}

export interface Reason extends Estimate {
  code: ReasonCode;
  skill_id: string;
  text: Text;
  answers_on_skill: number;
  evidence: PastAttempt[];
  counterfactual: Text;
  model: { name: string; data_hash: string };
}

export interface Recommendation {
  item: Item;
  p_correct: number;
  reason: Reason;
}

/** Exactly one of `response` (the server grades) and `correct` (the student says) is given. */
export interface AnswerRequest {
  event_id: string;
  course_id: string;
  student_id: string;
  item_id: string;
  variant?: number;
  response?: string;
  correct?: boolean;
  answered_at?: string;
  response_ms?: number;
  hints_used?: number;
}

export interface Misconception {
  id: string;
  name: Text;
  advice: Text;
}

export interface Feedback {
  right_answer: Text;
  explanation: Text;
  misconception: Misconception | null;
}

export interface MasteryChange {
  skill_id: string;
  before: Estimate;
  after: Estimate;
}

export interface AnswerReply {
  event_id: string;
  recorded: boolean;
  correct: boolean;
  feedback: Feedback | null;
  mastery: MasteryChange[];
  next: Recommendation | null;
}

export interface ClassStudent {
  id: string;
  display_name: string;
  simulated: boolean;
  answers: number;
  last_answered_at: string | null;
  /** One per skill of the view, in its order; null where there is not enough evidence. */
  mastery: (number | null)[];
  evidence: number[];
}

export type NeedKind = "struggling" | "idle" | "rapid_guessing" | "absent";

export interface Need {
  student_id: string;
  kind: NeedKind;
  skill_id: string | null;
  reason: Text;
  evidence_count: number;
  suggestion: Text;
}

export interface ClassView {
  course_id: string;
  skills: { id: string; name: Text }[];
  students: ClassStudent[];
  needs_help: Need[];
}
