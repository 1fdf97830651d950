#include "tutor/adaptive_test/session.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/check.h"

namespace meno {
namespace {

Result<Done> check_rules(const TestRules& rules) {
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
      asked_of_skill_(course.skills.size(), 0) {}

Result<TestSession> TestSession::begin(const Course& course, const TestMethod& method,
                                       std::vector<ItemId> bank, const TestRules& rules, Rng rng) {
  MENO_TRY_DONE(check_rules(rules));
  if (bank.empty())
    return invalid_input("no item may be asked under these rules, expected at least one");
  std::sort(bank.begin(), bank.end());
  bank.erase(std::unique(bank.begin(), bank.end()), bank.end());
  auto examinee = method.begin(bank, rng.fork(0));
  return TestSession(course, std::move(examinee), std::move(bank), rules, rng.fork(1));
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
  if (rules_.cut && std::abs(ability.mean - *rules_.cut) > rules_.band * ability.sd)
    return StopReason::Classified;
  return StopReason::Running;
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
  std::vector<std::size_t> order(from.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t best = std::min(static_cast<std::size_t>(rules_.among_best), from.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(best), order.end(),
                    [&](std::size_t a, std::size_t b) {
                      return worth[a] != worth[b] ? worth[a] > worth[b] : a < b;
                    });
  return from[order[best == 1 ? 0 : rng_.below(best)]];
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
  if (rules_.cut && (report.low > *rules_.cut || report.high < *rules_.cut))
    report.above_cut = report.low > *rules_.cut;
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
