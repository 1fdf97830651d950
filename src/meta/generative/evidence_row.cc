#include "meta/generative/evidence_row.h"

#include <algorithm>
#include <cmath>

#include "models/link.h"

namespace meno {
namespace {

constexpr double kShrink = 5.0;  // answers that a rate is shrunk by
constexpr double kRecent = 0.8;  // what an answer keeps of the mood before it
constexpr double kHalf = 0.5;

double logit(double p) { return std::log(p / (1.0 - p)); }

/// log(1 + n), of the order of 1 for what students do.
double some(double n) { return kHalf * std::log1p(n); }

}  // namespace

void CourseCounts::add(const Sequence& student) {
  for (std::size_t t = 0; t < student.size(); ++t) {
    const Event event = student[t];
    const auto count = [&](Count& c) {
      c.right += event.correct;
      c.all += 1.0;
    };
    count(total_);
    count(items_[event.item.value]);
    for (const SkillId skill : event.skills) count(skills_[skill.value]);
  }
}

double CourseCounts::skill_rate(std::span<const SkillId> skills) const {
  const double level = (total_.right + 1.0) / (total_.all + 2.0);
  if (skills.empty()) return level;
  double sum = 0.0;
  for (const SkillId skill : skills) {
    const Count* const c = skills_.find(skill.value);
    sum += c == nullptr ? level : (c->right + kShrink * level) / (c->all + kShrink);
  }
  return sum / static_cast<double>(skills.size());
}

double CourseCounts::skill_ease(std::span<const SkillId> skills) const {
  return logit(skill_rate(skills));
}

double CourseCounts::item_ease(const Event& event) const {
  const double rate = skill_rate(event.skills);
  const Count* const c = items_.find(event.item.value);
  return logit(c == nullptr ? rate : (c->right + kShrink * rate) / (c->all + kShrink));
}

double CourseCounts::answers_on(ItemId item) const {
  const Count* const c = items_.find(item.value);
  return c == nullptr ? 0.0 : c->all;
}

EvidenceRow PastAnswers::row(const CourseCounts& course, const Event& event) const {
  Past skills;
  double ability_there = 0.0;
  for (const SkillId skill : event.skills) {
    const Past* const past = skills_.find(skill.value);
    if (past == nullptr) continue;
    const double share = 1.0 / static_cast<double>(event.skills.size());
    skills.right += share * past->right;
    skills.wrong += share * past->wrong;
    ability_there += share * ability(*past);
  }
  const Past* const found = items_.find(event.item.value);
  const Past item = found == nullptr ? Past{} : *found;
  const bool again = event.item == last_item_;
  return {1.0,
          kHalf * course.item_ease(event),
          kHalf * course.skill_ease(event.skills),
          kHalf * some(course.answers_on(event.item)),
          some(skills.right),
          some(skills.wrong),
          some(item.right),
          some(item.wrong),
          item.last,
          again && item.last < 0.0 ? 1.0 : 0.0,
          again && item.last > 0.0 ? 1.0 : 0.0,
          kHalf * some(all_.right + all_.wrong),
          ability(all_),
          recent_,
          ability_there};
}

void PastAnswers::observe(const CourseCounts& course, const Event& event) {
  const double p = sigmoid(course.item_ease(event));
  const double y = event.correct;
  const auto count = [&](Past& past) {
    past.right += y;
    past.wrong += 1.0 - y;
    past.last = y > kHalf ? 1.0 : -1.0;
    past.residual += y - p;
    past.spread += p * (1.0 - p);
  };
  count(all_);
  count(items_[event.item.value]);
  for (const SkillId skill : event.skills) count(skills_[skill.value]);
  recent_ = kRecent * recent_ + (1.0 - kRecent) * (y - p);
  last_item_ = event.item;
}

EncodedStudent encoded_student(const CourseCounts& course, const Sequence& student,
                               std::size_t longest) {
  EncodedStudent encoded;
  PastAnswers past;
  for (std::size_t t = 0; t < std::min(longest, student.size()); ++t) {
    const Event event = student[t];
    encoded.rows.push_back(past.row(course, event));
    encoded.correct.push_back(event.correct);
    past.observe(course, event);
  }
  return encoded;
}

std::vector<EncodedStudent> encoded_in_turn(std::span<const Sequence> students,
                                            std::size_t longest) {
  CourseCounts before;
  std::vector<EncodedStudent> all;
  for (const Sequence& student : students) {
    all.push_back(encoded_student(before, student, longest));
    before.add(student);
  }
  return all;
}

}  // namespace meno
