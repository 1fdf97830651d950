#include "tutor/next_item/ranking.h"

#include <algorithm>

#include "core/check.h"

namespace meno {
namespace {

constexpr double kExploreWidening = 2.0;
constexpr double kLeastFreshness = 0.02;
constexpr double kSameSkillFactor = 0.5;

/// [I]; 1 for an item never met.
std::vector<double> freshness_of(const LearningRecord& record, std::size_t items,
                                 const NextItemRules& rules, const FeedbackRecord* feedback) {
  std::vector<double> freshness(items, 1.0);
  for (const auto& [item, met] : record.items()) {
    if (item.value >= items) continue;  // an item that has left the course
    const double since = static_cast<double>(record.answers() - met.last_answer);
    freshness[item.value] = std::clamp(since / std::max(1, rules.repeat_gap), kLeastFreshness, 1.0);
  }
  if (feedback == nullptr) return freshness;
  for (const FeedbackRecord::PutOff& one : feedback->put_off()) {
    if (one.item.value >= items) continue;
    double& fresh = freshness[one.item.value];
    fresh = std::min(fresh, feedback->freshness(one.item));
  }
  return freshness;
}

/// [S]
std::vector<double> interest_of(const FeedbackRecord* feedback, std::size_t skills) {
  std::vector<double> interest(skills, 1.0);
  if (feedback == nullptr) return interest;
  for (const FeedbackRecord::Swapped& one : feedback->swapped()) {
    if (one.skill.value < skills) interest[one.skill.value] = feedback->interest(one.skill);
  }
  return interest;
}

}  // namespace

Candidates::Candidates(std::span<const ItemId> items, const TutorCourse& course,
                       const LearningRecord& record, const NextItemRules& rules,
                       const FeedbackRecord* feedback)
    : items_(items),
      interest_(interest_of(feedback, course.graph().skills())),
      begin_(course.graph().skills() + 1, 0) {
  const std::vector<double> freshness =
      freshness_of(record, course.course().items.size(), rules, feedback);
  skills_.reserve(items.size());
  freshness_.reserve(items.size());
  for (const ItemId item : items) {
    skills_.push_back(course.course().skills_of(item));
    MENO_CHECK(!skills_.back().empty(), "a candidate without a skill");
    freshness_.push_back(freshness[item.value]);
    ++begin_[skills_.back().front().value];
  }
  std::uint32_t end = 0;
  for (std::uint32_t& begin : begin_) begin = end += begin;
  members_.resize(items.size());
  for (std::size_t c = items.size(); c-- > 0;) {
    members_[--begin_[skills_[c].front().value]] = static_cast<std::uint32_t>(c);
  }
}

Ranking::Ranking(const Snapshot& student, const TutorCourse& course, const Candidates& candidates,
                 const NextItemRules& rules)
    : candidates_(candidates),
      rules_(rules),
      outlook_(student, course, rules),
      crowding_(candidates.interest()) {
  contenders_.reserve(candidates.size());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    contenders_.push_back({.limit = limit(c), .candidate = static_cast<std::uint32_t>(c)});
  }
  std::make_heap(contenders_.begin(), contenders_.end(), &behind);
}

// Limits only fall as more is known. Whoever leads with an exact score has therefore won: nobody
// else can still come to more, and of equal ones the lowest index leads.
std::vector<ScoredItem> Ranking::best(std::size_t count) {
  std::vector<ScoredItem> taken;
  const std::size_t wanted = std::min(count, candidates_.size());
  while (taken.size() < wanted) {
    std::pop_heap(contenders_.begin(), contenders_.end(), &behind);
    const Contender first = contenders_.back();
    contenders_.pop_back();
    const double now = limit(first.candidate);
    if (now == first.limit && exact(first.candidate)) {
      const SkillId skill = focus(first.candidate);
      taken.push_back({.candidate = first.candidate,
                       .p_correct = outlook_.predictions().of(candidates_.item(first.candidate)),
                       .score = now,
                       .focus = skill});
      crowding_[skill.value] *= kSameSkillFactor;
      continue;
    }
    if (now == first.limit) refine(first.candidate);
    wait_again({.limit = limit(first.candidate), .candidate = first.candidate});
  }
  return taken;
}

double Ranking::p_correct(std::size_t candidate) {
  CandidatePredictions& predictions = outlook_.predictions();
  predictions.want(candidates_.item(candidate), candidates_.skills(candidate));
  predictions.ask();
  return predictions.of(candidates_.item(candidate));
}

bool Ranking::behind(const Contender& a, const Contender& b) {
  return a.limit != b.limit ? a.limit < b.limit : a.candidate > b.candidate;
}

void Ranking::wait_again(Contender contender) {
  contenders_.push_back(contender);
  std::push_heap(contenders_.begin(), contenders_.end(), &behind);
}

/// The skill with the lowest estimate; unknown while one of several has none.
SkillId Ranking::focus(std::size_t candidate) const {
  const auto skills = candidates_.skills(candidate);
  if (skills.size() == 1) return skills.front();
  SkillId lowest = skills.front();
  for (const SkillId skill : skills) {
    if (!outlook_.knows_mastery(skill)) return {};
    if (outlook_.estimate(skill) < outlook_.estimate(lowest)) lowest = skill;
  }
  return lowest;
}

bool Ranking::exact(std::size_t candidate) const {
  const SkillId skill = focus(candidate);
  const auto skills = candidates_.skills(candidate);
  return skill.known() && outlook_.knows_motive(skill) &&
         outlook_.predictions().known(candidates_.item(candidate)) &&
         std::all_of(skills.begin(), skills.end(),
                     [this](SkillId needed) { return outlook_.knows_readiness(needed); });
}

/// The score, or what it cannot exceed: what is unknown is taken at its limit. Multiplied in one
/// order, since rounding is monotonic but not associative.
double Ranking::limit(std::size_t candidate) const {
  const SkillId known_focus = focus(candidate);
  if (!known_focus.known()) {
    double highest = 0.0;
    for (const SkillId skill : candidates_.skills(candidate)) {
      highest = std::max(highest, product(candidate, skill, 1.0));
    }
    return highest;
  }
  const ItemId item = candidates_.item(candidate);
  if (!outlook_.knows_motive(known_focus) || !outlook_.predictions().known(item)) {
    return product(candidate, known_focus, 1.0);
  }
  const double p_correct = outlook_.predictions().of(item);
  return product(candidate, known_focus, fit(p_correct, outlook_.code(known_focus)));
}

double Ranking::product(std::size_t candidate, SkillId focus, double fit) const {
  double ready = 1.0;
  for (const SkillId skill : candidates_.skills(candidate)) {
    ready = std::min(ready, outlook_.readiness_limit(skill));
  }
  return outlook_.motive_limit(focus) * fit * ready * candidates_.freshness(candidate) *
         outlook_.variety(focus) * crowding_[focus.value];
}

double Ranking::fit(double p_correct, ReasonCode code) const {
  const double target = code == ReasonCode::Stretch ? rules_.stretch_target : rules_.target;
  const double wide = code == ReasonCode::ExploreNotEnoughEvidence ? kExploreWidening : 1.0;
  const double off = (p_correct - target) / (rules_.width * wide);
  return 1.0 / (1.0 + off * off);
}

/// Finds out more, cheapest first: what the skills are worth, then whether they are ready, then the
/// item itself.
void Ranking::refine(std::size_t candidate) {
  const auto skills = candidates_.skills(candidate);
  if (!focus(candidate).known()) {
    for (const SkillId skill : skills) outlook_.mastery(skill);
    return;
  }
  if (!outlook_.knows_motive(focus(candidate))) {
    outlook_.motive(focus(candidate));
    return;
  }
  bool news = false;
  for (const SkillId skill : skills) {
    news = news || !outlook_.knows_readiness(skill);
    outlook_.readiness(skill);
  }
  if (!news) predict_with_siblings(candidate);
}

/// Siblings at least as fresh have limits as high: they are looked at before a score below them can
/// win, so they are asked for in the same call.
void Ranking::predict_with_siblings(std::size_t candidate) {
  CandidatePredictions& predictions = outlook_.predictions();
  for (const std::uint32_t sibling : candidates_.of(candidates_.skills(candidate).front())) {
    if (candidates_.freshness(sibling) < candidates_.freshness(candidate)) continue;
    predictions.want(candidates_.item(sibling), candidates_.skills(sibling));
  }
  predictions.ask();
}

}  // namespace meno
