// The nouns of the HTTP contract under the names that the app uses. Their shapes are the server's: schema.ts is
// generated from its OpenAPI document, so a change there that the app does not follow fails the type check.
import type { components } from "./schema";

type Schemas = components["schemas"];

/** One sentence in both languages, so that a switch of language needs no request. */
export type Text = Schemas["Text"];
/** Problem details (RFC 9457): why the server refused. */
export type Problem = Schemas["Error"];
export type Health = Schemas["Health"];
export type Session = Schemas["Session"];
export type Course = Schemas["Course"];
export type Skill = Schemas["Skill"];
export type Student = Schemas["Student"];
/** An item as a list names it, without its question. */
export type ItemTitle = Schemas["ItemList"]["items"][number];

/** A probability of mastery with the band it probably lies in; all three in [0, 1]. */
export type Estimate = Schemas["Band"];
export type SkillMastery = Schemas["StudentMastery"]["skills"][number];
export type MasteryState = SkillMastery["state"];

/** `content` is null for an imported item that has no text of its own. */
export type Item = Schemas["Item"];
export type Content = Schemas["ItemContent"];
export type Reason = Schemas["Reason"];
export type Recommendation = Schemas["Recommendation"];
/** To read, watch or do before an item; by a fixed rule. */
export type SuggestedResource = Schemas["SuggestedResource"];

/** Exactly one of `response` (the server grades) and `correct` (the student says) is given. */
export type AnswerRequest = Schemas["AnswerRequest"];
export type AnswerReply = Schemas["AnswerReply"];
export type Feedback = Schemas["Feedback"];
/** What a student says of a recommendation instead of answering it. */
export type FeedbackRequest = Schemas["RecommendationFeedbackRequest"];
export type FeedbackKind = FeedbackRequest["kind"];
export type FeedbackReply = Schemas["RecommendationFeedbackReply"];
export type Preferences = Schemas["Preferences"];
export type MasteryChange = AnswerReply["mastery"][number];

/** How well a course is foreseen, what was noticed, and what is being tried. */
export type Monitor = Schemas["CourseMonitor"];
export type Foresight = Schemas["Foresight"];

/** A piece of a prediction, in logits: above 0 it speaks for a right answer. */
export type Contribution = Schemas["Contribution"];
export type ItemExplanation = Schemas["ItemExplanation"];
export type WhatIf = Schemas["WhatIf"];
export type Plan = Schemas["Plan"];
export type PlanStep = Plan["steps"][number];
export type ReviewQueue = Schemas["ReviewQueue"];
export type Review = ReviewQueue["reviews"][number];
export type TestRequest = Schemas["TestRequest"];
export type TestStep = Schemas["TestStep"];
export type TestReport = TestStep["report"];
export type TestAnswer = NonNullable<TestRequest["answers"]>[number];

export type ClassView = Schemas["ClassOverview"];
/** `mastery` has one per skill of the view, in its order; null where there is not enough evidence. */
export type ClassStudent = ClassView["students"][number];
export type Need = ClassView["needs_help"][number];
export type NeedKind = Need["kind"];
