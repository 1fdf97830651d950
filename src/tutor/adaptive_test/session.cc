#include "tutor/adaptive_test/session.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/check.h"

namespace meno {
namespace {

bool is_error_rate(double rate) { return rate > 0.0 && rate < 0.5; }

Result<Done> check_classification(const TestRules& rules, const TestAids& aids) {
  if (rules.classify == Classify::Band) return Done{};
  if (!rules.cut)
    return invalid_input(
        fmt::format("classify is {}, expected a cut to classify by", name_of(rules.classify)));
  if (!(rules.indifference > 0.0 && is_error_rate(rules.error_below) &&
        is_error_rate(rules.error_above))) {
    return invalid_input(
        fmt::format("indifference {} and errors {} and {}, expected a region above 0 and rates "
                    "between 0 and .5",
                    rules.indifference, rules.error_below, rules.error_above));
  }
  MENO_CHECK(aids.irt != nullptr, "a likelihood ratio without a calibrated bank");
  return Done{};
}

Result<Done> check_rules(const TestRules& rules) {
  if (!(rules.exposure >= 0.0 && rules.exposure <= 1.0))
    return invalid_input(
        fmt::format("exposure is {}, expected a share of students from 0 to 1", rules.exposure));
  if (rules.longest < 1)
    return invalid_input(fmt::format("longest is {}, expected at least 1 question", rules.longest));
  if (rules.shortest < 0 || rules.shortest > rules.longest) {
    return invalid_input(fmt::format("shortest is {}, expected 0 to longest, which is {}",
                                     rules.shortest, rules.longest));
  }
  if (!(rules.precision >= 0.0 && rules.longest_s >= 0.0 && rules.band > 0.0)) {
    return invalid_input(fmt::format(
        "precision {}, time {} s and band {}, expected none below 0 and a band above it",
        rules.precision, rules.longest_s, rules.band));
  }
  if (rules.among_best < 1)
    return invalid_input(fmt::format("among-best is {}, expected at least 1", rules.among_best));
  return Done{};
}

}  // namespace

std::string_view name_of(StopReason reason) {
  switch (reason) {
    case StopReason::Running:
      return "running";
    case StopReason::Precision:
      return "precision";
    case StopReason::Classified:
      return "classified";
    case StopReason::Time:
      return "time";
    case StopReason::Longest:
      return "longest";
    case StopReason::NothingLeft:
      return "nothing_left";
    case StopReason::Ended:
      return "ended";
  }
  return "running";
}

Text text_of(StopReason reason) {
  switch (reason) {
    case StopReason::Running:
      return {"The test goes on.", "测试尚未结束。"};
    case StopReason::Precision:
      return {"The result is precise enough.", "结果已足够精确。"};
    case StopReason::Classified:
      return {"It is clear on which side of the mark the student is.",
              "已能确定学生在标准线的哪一侧。"};
    case StopReason::Time:
      return {"The time is over.", "时间已到。"};
    case StopReason::Longest:
      return {"The greatest number of questions has been asked.", "已达到题目数量上限。"};
    case StopReason::NothingLeft:
      return {"No allowed question is left.", "没有可以再问的题目了。"};
    case StopReason::Ended:
      return {"The test was ended early.", "测试被提前结束。"};
  }
  return {};
}

TestSession::TestSession(const Course& course, std::unique_ptr<Examinee> examinee,
                         std::vector<ItemId> bank, const TestRules& rules, Rng rng)
    : course_(&course),
      examinee_(std::move(examinee)),
      bank_(std::move(bank)),
      open_(bank_),
      rules_(rules),
      rng_(rng),
      rng_lottery_(rng.fork(2)),
      asked_of_skill_(course.skills.size(), 0) {}

Result<TestSession> TestSession::begin(const Course& course, const TestMethod& method,
                                       std::vector<ItemId> bank, const TestRules& rules, Rng rng,
                                       const TestAids& aids) {
  MENO_TRY_DONE(check_rules(rules));
  MENO_TRY_DONE(check_classification(rules, aids));
  if (bank.empty())
    return invalid_input("no item may be asked under these rules, expected at least one");
  std::sort(bank.begin(), bank.end());
  bank.erase(std::unique(bank.begin(), bank.end()), bank.end());
  auto examinee = method.begin(bank, rng.fork(0));
  TestSession session(course, std::move(examinee), std::move(bank), rules, rng.fork(1));
  session.aids_ = aids;
  return session;
}

void TestSession::know(std::span<const SheetAnswer> earlier) {
  for (const SheetAnswer& answer : earlier) examinee_->observe(answer.item, answer.correct);
}

StopReason TestSession::reason(double elapsed_s) const {
  if (open_.empty()) return StopReason::NothingLeft;
  if (static_cast<int>(items_.size()) >= rules_.longest) return StopReason::Longest;
  if (rules_.longest_s > 0.0 && elapsed_s >= rules_.longest_s) return StopReason::Time;
  if (static_cast<int>(items_.size()) < rules_.shortest) return StopReason::Running;
  const AbilityEstimate ability = examinee_->ability();
  if (rules_.precision > 0.0 && ability.sd <= rules_.precision) return StopReason::Precision;
  return side() ? StopReason::Classified : StopReason::Running;
}

/// Wald's bounds, with the errors that the rules allow. Source: Wald 1947; Reckase 1983 (SPRT for
/// tests); Bartroff, Finkelman & Lai 2008 and Thompson 2009 (GLR).
std::optional<bool> TestSession::side() const {
  if (!rules_.cut) return std::nullopt;
  if (rules_.classify == Classify::Band) {
    const AbilityEstimate ability = examinee_->ability();
    if (std::abs(ability.mean - *rules_.cut) <= rules_.band * ability.sd) return std::nullopt;
    return ability.mean > *rules_.cut;
  }
  const double ratio = log_ratio();
  if (ratio >= std::log((1.0 - rules_.error_below) / rules_.error_above)) return true;
  if (ratio <= std::log(rules_.error_below / (1.0 - rules_.error_above))) return false;
  return std::nullopt;
}

double TestSession::log_ratio() const {
  const auto log_likelihood = [this](double ability) {
    double sum = 0.0;
    for (const TestedItem& tested : items_) {
      const double p = aids_.irt->items[tested.item.value].curve.p_correct(ability);
      sum += std::log(tested.correct ? p : 1.0 - p);
    }
    return sum;
  };
  const double above = *rules_.cut + rules_.indifference;
  const double below = *rules_.cut - rules_.indifference;
  double best_above = log_likelihood(above);
  double best_below = log_likelihood(below);
  if (rules_.classify == Classify::Glr) {
    for (const double ability : ability_grid().at) {
      if (ability > above) best_above = std::max(best_above, log_likelihood(ability));
      if (ability < below) best_below = std::max(best_below, log_likelihood(ability));
    }
  }
  return best_above - best_below;
}

bool TestSession::may_ask(ItemId item) const {
  if (aids_.exposure == nullptr) return true;
  // One lottery an item and student, whenever it is drawn: a resumed test draws the same.
  return rng_lottery_.fork(item.value).uniform() < aids_.exposure->keep[item.value];
}

std::vector<ItemId> TestSession::candidates() const {
  if (!rules_.balance) return open_;
  // an item stands where its least asked skill stands
  const auto asked = [&](ItemId item) {
    int least = std::numeric_limits<int>::max();
    for (const SkillId skill : course_->skills_of(item))
      least = std::min(least, asked_of_skill_[skill.value]);
    return least;
  };
  int least = std::numeric_limits<int>::max();
  for (const ItemId item : open_) least = std::min(least, asked(item));
  std::vector<ItemId> left;
  std::copy_if(open_.begin(), open_.end(), std::back_inserter(left),
               [&](ItemId item) { return asked(item) == least; });
  return left;
}

ItemId TestSession::chosen() {
  const std::vector<ItemId> from = candidates();
  std::vector<double> worth(from.size());
  examinee_->worth(from, worth);
  const auto better = [&](std::size_t a, std::size_t b) {
    return worth[a] != worth[b] ? worth[a] > worth[b] : a < b;
  };
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < from.size(); ++k)
    if (may_ask(from[k])) order.push_back(k);
  // Where the lottery has kept back all that is left, the best of it is asked after all.
  if (order.empty()) {
    order.resize(from.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  const std::size_t best = std::min(static_cast<std::size_t>(rules_.among_best), order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(best), order.end(),
                    better);
  const std::size_t taken = order[best == 1 ? 0 : rng_.below(best)];
  for (std::size_t k = 0; k < from.size(); ++k) {
    if (aids_.exposure == nullptr || !better(k, taken) || may_ask(from[k])) continue;
    if (std::find(kept_back_.begin(), kept_back_.end(), from[k]) == kept_back_.end())
      kept_back_.push_back(from[k]);
  }
  return from[taken];
}

std::optional<ItemId> TestSession::next(double elapsed_s) {
  if (stopped_ != StopReason::Running) return std::nullopt;
  if (asked_) return asked_;
  stopped_ = reason(elapsed_s);
  if (stopped_ == StopReason::Running) asked_ = chosen();
  return asked_;
}

void TestSession::answer(bool correct) {
  MENO_CHECK(asked_.has_value(), "an answer without a question");
  const ItemId item = *asked_;
  TestedItem tested{.item = item, .correct = correct, .p_before = examinee_->p_correct(item)};
  examinee_->observe(item, correct);
  tested.after = examinee_->ability();
  items_.push_back(tested);
  open_.erase(std::find(open_.begin(), open_.end(), item));
  for (const SkillId skill : course_->skills_of(item)) ++asked_of_skill_[skill.value];
  asked_.reset();
}

Result<Done> TestSession::resume(ItemId item, bool correct) {
  if (std::find(open_.begin(), open_.end(), item) == open_.end()) {
    return invalid_input(
        fmt::format("an answer to item \"{}\", expected one that may be asked, once",
                    course_->items.name(item)));
  }
  asked_ = item;
  answer(correct);
  return Done{};
}

void TestSession::end() {
  if (stopped_ == StopReason::Running) stopped_ = StopReason::Ended;
  asked_.reset();
}

TestReport TestSession::report() const {
  TestReport report{.ability = examinee_->ability(), .stopped = stopped_, .items = items_};
  report.low = report.ability.mean - rules_.band * report.ability.sd;
  report.high = report.ability.mean + rules_.band * report.ability.sd;
  report.above_cut = side();
  if (rules_.cut && rules_.classify != Classify::Band) {
    report.log_ratio = log_ratio();
    if (!report.above_cut && stopped_ != StopReason::Running)
      report.above_cut = report.log_ratio > 0.0;
  }
  std::vector<TestedSkill> all(course_->skills.size());
  std::vector<double> count(all.size(), 0.0);
  std::vector<double> sum(all.size(), 0.0);
  for (const ItemId item : bank_) {
    const double p = examinee_->p_correct(item);
    for (const SkillId skill : course_->skills_of(item)) {
      count[skill.value] += 1.0;
      sum[skill.value] += p;
    }
  }
  for (const TestedItem& tested : items_) {
    for (const SkillId skill : course_->skills_of(tested.item)) {
      ++all[skill.value].asked;
      all[skill.value].right += tested.correct ? 1 : 0;
    }
  }
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (count[k] == 0.0) continue;
    all[k].skill = SkillId(k);
    all[k].p_correct = sum[k] / count[k];
    report.skills.push_back(all[k]);
  }
  return report;
}

}  // namespace meno
