#include "eval/profile/dataset_profile.h"

#include <algorithm>

#include "eval/profile/activity.h"

namespace meno {
namespace {

/// Answers and right answers of an item or skill.
struct Tally {
  std::size_t answers = 0;
  double right = 0.0;

  void add(float correct) {
    ++answers;
    right += static_cast<double>(correct);
  }
  double rate() const { return right / static_cast<double>(answers); }
  bool constant() const {
    return answers >= kEnoughAnswers && (right == 0.0 || right == static_cast<double>(answers));
  }
};

/// The pass over the answers.
class Survey {
 public:
  Survey(const Course& course, TimePoint now)
      : now_(now), items_(course.items.size()), skills_(course.skills.size()) {}

  void visit(const Sequence& history) {
    Tally student;
    seen_items_.clear();
    for (std::size_t t = 0; t < history.size(); ++t) {
      const Event event = history[t];
      student.add(event.correct);
      count(event);
      if (t > 0) compare(history[t - 1], event);
      seen_items_.push_back(event.item.value);
    }
    if (history.empty()) return;
    std::sort(seen_items_.begin(), seen_items_.end());
    pairs_ += static_cast<std::size_t>(std::unique(seen_items_.begin(), seen_items_.end()) -
                                       seen_items_.begin());
    lengths_.push_back(static_cast<double>(history.size()));
    if (student.answers >= kEnoughAnswers) student_rates_.push_back(student.rate());
    found_.constant_students += student.constant() ? 1U : 0U;
    right_ += student.right;
  }

  void fill(DatasetProfile& profile) {
    profile.answers = found_.answers;
    profile.student_item_pairs = pairs_;
    const double all_pairs =
        static_cast<double>(profile.students) * static_cast<double>(profile.items);
    profile.sparsity = all_pairs > 0.0 ? 1.0 - static_cast<double>(pairs_) / all_pairs : 0.0;
    profile.p_correct = found_.answers > 0 ? right_ / static_cast<double>(found_.answers) : 0.0;
    profile.soft_answers = soft_;
    profile.answers_without_skills = found_.without_skills;
    profile.answers_with_several_skills = several_skills_;
    profile.answers_per_student = distribution_of(lengths_);
    profile.answers_per_item = distribution_of(counts_of(items_));
    profile.answers_per_skill = distribution_of(counts_of(skills_));
    profile.student_p_correct = share_histogram(student_rates_);
    profile.item_p_correct = share_histogram(item_rates());
    profile.response_s = distribution_of(response_s_);
    profile.activity = days_.activity();
  }

  Suspicions& suspicions() { return found_; }

  /// To be called once, after the last visit.
  void judge_items() {
    for (const Tally& item : items_) {
      found_.items += item.answers > 0 ? 1U : 0U;
      found_.constant_items += item.constant() ? 1U : 0U;
      found_.single_answer_items += item.answers == 1 ? 1U : 0U;
    }
  }

 private:
  void count(const Event& event) {
    ++found_.answers;
    if (event.item.value < items_.size()) items_[event.item.value].add(event.correct);
    for (const SkillId skill : event.skills) {
      if (skill.value < skills_.size()) skills_[skill.value].add(event.correct);
    }
    found_.without_skills += event.skills.empty() ? 1U : 0U;
    several_skills_ += event.skills.size() > 1 ? 1U : 0U;
    soft_ += event.correct > 0.0F && event.correct < 1.0F ? 1U : 0U;
    count_time(event);
  }

  void count_time(const Event& event) {
    constexpr TimePoint kEarliest{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}};
    constexpr std::int32_t kHour = 3'600'000;
    if (event.at == kNoTime) {
      ++found_.without_time;
    } else if (event.at < kEarliest || event.at > now_) {
      ++found_.impossible_times;
    } else {
      days_.add(event.at);
    }
    if (event.response_ms == kNoResponseTime) return;
    if (event.response_ms < 0 || event.response_ms > kHour) {
      ++found_.bad_response_times;
      return;
    }
    response_s_.push_back(static_cast<double>(event.response_ms) / 1000.0);
  }

  void compare(const Event& before, const Event& event) {
    const bool timed = before.at != kNoTime && event.at != kNoTime;
    if (timed && event.at < before.at) ++found_.backward_times;
    if (before.item != event.item) return;
    ++found_.repeats;
    if (before.correct != event.correct) return;
    ++found_.agreeing_repeats;
    const bool same_skills = std::equal(before.skills.begin(), before.skills.end(),
                                        event.skills.begin(), event.skills.end());
    if (timed && event.at == before.at && same_skills) ++found_.duplicated_rows;
  }

  static std::vector<double> counts_of(const std::vector<Tally>& tallies) {
    std::vector<double> counts;
    for (const Tally& one : tallies) {
      if (one.answers > 0) counts.push_back(static_cast<double>(one.answers));
    }
    return counts;
  }

  std::vector<double> item_rates() const {
    std::vector<double> rates;
    for (const Tally& item : items_) {
      if (item.answers >= kEnoughAnswers) rates.push_back(item.rate());
    }
    return rates;
  }

  TimePoint now_;
  std::vector<Tally> items_;
  std::vector<Tally> skills_;
  std::vector<std::uint32_t> seen_items_;
  std::vector<double> lengths_;
  std::vector<double> student_rates_;
  std::vector<double> response_s_;
  DayCounts days_;
  Suspicions found_;
  std::size_t pairs_ = 0;
  std::size_t soft_ = 0;
  std::size_t several_skills_ = 0;
  double right_ = 0.0;
};

std::vector<std::pair<std::string, std::size_t>> students_by_label(const SplitSource& source) {
  std::vector<std::pair<std::string, std::size_t>> parts;
  for (const std::string& label : source.labels) parts.emplace_back(label, 0);
  for (const std::uint8_t label : source.label_of) {
    if (label < parts.size()) ++parts[label].second;
  }
  return parts;
}

}  // namespace

DatasetProfile profile_of(const std::string& name, const std::string& hash, const Course& course,
                          const SplitSource& source, TimePoint now) {
  DatasetProfile profile;
  profile.name = name;
  profile.hash = hash;
  profile.students = source.students.size();
  profile.items = course.items.size();
  profile.skills = course.skills.size();
  Survey survey(course, now);
  for (const Sequence& history : source.students) survey.visit(history);
  survey.judge_items();
  survey.suspicions().students = profile.students;
  look_for_twins(source, survey.suspicions());
  survey.fill(profile);
  profile.split_students = students_by_label(source);
  profile.warnings = warnings_of(survey.suspicions());
  return profile;
}

}  // namespace meno
