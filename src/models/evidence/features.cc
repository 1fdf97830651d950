#include "models/evidence/features.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

#include "core/check.h"

namespace meno::evidence {
namespace {

float sigmoid(float z) { return 1.0F / (1.0F + std::exp(-z)); }

/// log(1 + v) of whole v below 1,024: most v are counts.
constexpr std::size_t kLogs = 1024;
const std::array<float, kLogs> log_of_count = [] {
  std::array<float, kLogs> logs{};
  for (std::size_t k = 0; k < kLogs; ++k) logs[k] = std::log1p(static_cast<float>(k));
  return logs;
}();

/// log(1 + v).
float log1(float v) {
  if (v >= static_cast<float>(kLogs)) return std::log(1.0F + v);
  if (v < 0.0F) return std::log1p(v);
  const auto whole = static_cast<std::size_t>(v);
  return static_cast<float>(whole) == v ? log_of_count[whole] : std::log1p(v);
}
float signed_log(float v) { return v > 0.0F ? log1(v) : -log1(-v); }
float flag(bool value) { return value ? 1.0F : 0.0F; }
float sign(bool right) { return right ? 1.0F : -1.0F; }

/// How writers name what they write: put.student(v), put.skill(v), put.item(v), by what v depends
/// on. This one writes everything.
class PutAll {
 public:
  explicit PutAll(std::span<float> x) : x_(x) {}
  void student(float value) { x_[at_++] = value; }
  void skill(float value) { x_[at_++] = value; }
  void item(float value) { x_[at_++] = value; }
  std::size_t written() const { return at_; }

 private:
  std::span<float> x_;
  std::size_t at_ = 0;
};

/// Writes one part, packed. The rest is not even worked out: nothing uses it.
template <Part Only>
class PutPart {
 public:
  explicit PutPart(std::span<float> x) : x_(x.data()) {}
  void student(float value) { put<Part::Student>(value); }
  void skill(float value) { put<Part::Skill>(value); }
  void item(float value) { put<Part::Item>(value); }

 private:
  template <Part Of>
  void put(float value) {
    if constexpr (Of == Only) *x_++ = value;
  }
  float* x_;
};

/// Writes nothing, but notes which features belong to which part.
class PutIndex {
 public:
  void student(float /*value*/) { parts[0].push_back(at_++); }
  void skill(float /*value*/) { parts[1].push_back(at_++); }
  void item(float /*value*/) { parts[2].push_back(at_++); }
  std::array<std::vector<std::size_t>, kParts.size()> parts;

 private:
  std::size_t at_ = 0;
};

template <class Put>
void write_course(const Scene& scene, Put& put) {
  const Rates& r = scene.rates;
  const auto& all = scene.lookups.all;
  put.skill(r.skill);
  put.item(r.item);
  put.item(log1(all[kItem]));
  put.skill(log1(all[kSkill]));
  put.item(r.item_attempt);
  put.item(log1(all[kItemAttempt]));
  put.item(r.item_after);
  put.item(log1(all[kItemAfter]));
  put.skill(r.skill_recent);
  put.skill(r.skill_attempt);
}

template <class Put>
void write_student(const StudentState& student, const Scene& scene, Put& put) {
  const auto answers = static_cast<float>(student.answers);
  for (const DecayedMean& mean : student.residual) put.student(mean.mean());
  put.student(student.ability[0]);
  put.student(student.ability[1]);
  put.student(log1(answers));
  put.student((static_cast<float>(student.right) + 2.0F * scene.lookups.base) / (answers + 2.0F));
  put.student(signed_log(static_cast<float>(student.streak)));
  for (const DecayedMean& mean : student.context_residual) put.student(mean.mean());
}

template <class Put>
void write_skill(const StudentState& student, const Scene& scene, Put& put) {
  const SkillState& s = scene.situation.skill;
  for (const DecayedMean& mean : s.residual) put.skill(mean.mean());
  put.skill(log1(s.right));
  put.skill(log1(s.answers - s.right));
  put.skill((s.right + 2.0F * scene.rates.p_skill) / (s.answers + 2.0F));
  for (const std::int8_t answer : s.recent) put.skill(answer);
  put.skill(s.last >= 0 ? log1(static_cast<float>(student.answers - s.last)) : 0.0F);
  put.skill(signed_log(s.streak));
  put.skill(flag(s.answers > 0.0F));
  put.skill(s.ability[0]);
  put.skill(s.ability[1]);
  put.item(scene.rates.elo_slow);
  put.item(scene.rates.item + student.ability[1] + s.ability[1]);
}

template <class Put>
void write_item(const StudentState& student, const Scene& scene, Put& put) {
  const ItemState& item = scene.situation.item;
  put.item(log1(static_cast<float>(item.answers)));
  put.item(log1(static_cast<float>(item.right)));
  put.item(item.recent[0]);
  put.item(item.recent[1]);
  put.item(item.last >= 0 ? log1(static_cast<float>(student.answers - item.last)) : 0.0F);
  put.item(flag(item.answers > 0));
}

template <class Put>
void write_recent(const StudentState& student, const Scene& scene, Put& put) {
  const Situation& now = scene.situation;
  for (std::size_t j = 0; j < 5; ++j) put.student(student.recent[j]);
  for (std::size_t j = 0; j < 3; ++j) {
    put.item(flag(student.answers > static_cast<int>(j) && student.past[j].item == now.item_key));
  }
  for (std::size_t j = 0; j < 3; ++j) {
    put.skill(
        flag(student.answers > static_cast<int>(j) && student.past[j].skills == now.skills_key));
  }
  put.item(log1(static_cast<float>(now.item_run)));
  put.skill(log1(static_cast<float>(now.skill_run)));
  put.item(log1(static_cast<float>(now.wrong_run)));
  put.item(now.same_item ? sign(student.past[0].right) : 0.0F);
  put.item(now.same_item && !now.same_skill ? sign(student.past[0].right) : 0.0F);
}

template <class Put>
void write_variety(const StudentState& student, Put& put) {
  put.student(log1(static_cast<float>(student.skills.size())));
  put.student(log1(static_cast<float>(student.items.size())));
  put.student(student.repeated);
}

template <class Put>
void write_contrast(const StudentState& student, const Scene& scene, Put& put) {
  const SkillState& s = scene.situation.skill;
  const Rates& r = scene.rates;
  const bool any = student.answers > 0;
  put.skill(any ? flag(student.past[0].right) - r.p_skill : 0.0F);
  put.item(r.item_after - r.item);
  put.item(r.item_attempt - r.item);
  put.skill(r.skill_recent - r.skill);
  const auto lately =
      static_cast<float>(std::count(student.recent.begin(), student.recent.end(), 1));
  put.student((lately + 2.0F * scene.lookups.base) /
              (static_cast<float>(std::min(student.answers, 10)) + 2.0F));
  put.item(r.context + student.ability[0] + s.ability[0]);
  put.item(r.p_item * (1.0F - r.p_item));
  put.skill(static_cast<float>(s.recent[0] + s.recent[1] + s.recent[2]) / 3.0F);
  put.student(static_cast<float>(std::min(student.answers, 200)) / 200.0F);
  put.skill(flag(s.last >= 0 && s.last == student.answers - 1));
  put.skill(flag(s.streak >= 3.0F));
  put.skill(flag(s.streak <= -3.0F));
  put.item(s.answers > 0.0F ? sigmoid(r.item + student.ability[1] + s.ability[1]) : 0.0F);
  put.skill(s.answers > 0.0F ? s.right / s.answers : 0.0F);
  put.skill(log1(s.answers));
  put.item(r.item_run);
  put.item(log1(scene.lookups.all[kItemRun]));
  put.skill(r.skill_run);
  put.item(r.elo_fast);
}

/// log(1 + variance) of every residual table.
using PerTable = Eigen::Array<float, kResiduals + 1, 1>;  // one more: whole registers
PerTable weights_of(const Lookups& looked) {
  PerTable variance = PerTable::Zero();
  std::copy(looked.variance.begin(), looked.variance.end(), variance.data());
  return (variance + 1.0F).log();
}

constexpr bool is_of_item(std::size_t residual) {
  for (const std::size_t k : kItemResiduals) {
    if (k == residual) return true;
  }
  return false;
}

template <class Put>
void write_residuals(const StudentState& student, const Scene& scene, Put& put) {
  const Lookups& looked = scene.lookups;
  const PerTable weights = weights_of(looked);
  for (std::size_t k = 0; k < kResiduals; ++k) {
    const float correction = looked.residual[k] / (looked.variance[k] + 2.0F);
    const float weight = weights[static_cast<Eigen::Index>(k)];
    if (is_of_item(k)) {
      put.item(correction);
      put.item(weight);
    } else {
      put.skill(correction);
      put.skill(weight);
    }
  }
  for (const DecayedMean& mean : student.elo_residual) put.student(mean.mean());
  for (const DecayedMean& mean : scene.situation.skill.elo_residual) put.skill(mean.mean());
  put.item(looked.all[kItemRun] > 0.0F ? looked.right[kItemRun] / looked.all[kItemRun] : .5F);
  put.item(scene.situation.item_run > 0 ? scene.rates.item_run : 0.0F);
}

/// log(1 + minutes) between two times; 0 where either is unknown.
float log_gap(TimePoint from, TimePoint to) {
  if (from == kNoTime || to == kNoTime || to < from) return 0.0F;
  const auto gap_ms = static_cast<float>((to - from).count());
  return log1(gap_ms / 60000.0F);
}

template <class Put>
void write_time(const StudentState& student, const Scene& scene, Put& put) {
  const float gap = log_gap(student.at, scene.at);
  put.student(gap);
  put.skill(log_gap(scene.situation.skill.at, scene.at));
  put.item(log_gap(scene.situation.item.at, scene.at));
  const bool new_session = gap > log1(30.0F);
  put.student(flag(new_session));
  put.student(new_session ? 0.0F : log1(static_cast<float>(student.session_answers)));
  put.student(student.log_response_last);
  put.student(student.responses > 0 ? student.log_response_mean : 0.0F);
  put.student(flag(student.responses > 0 &&
                   student.log_response_mean + student.log_response_last < std::log(2.0F)));
}

/// Every feature, in the order of kFeatureGroups.
template <class Put>
void write_all(const StudentState& student, const Scene& scene, Put& put) {
  write_course(scene, put);
  write_student(student, scene, put);
  write_skill(student, scene, put);
  write_item(student, scene, put);
  write_recent(student, scene, put);
  write_variety(student, put);
  write_contrast(student, scene, put);
  write_residuals(student, scene, put);
  write_time(student, scene, put);
}

}  // namespace

void write_features(const StudentState& student, const Scene& scene, std::span<float> x) {
  PutAll put(x);
  write_all(student, scene, put);
  MENO_CHECK(put.written() == kFeatures, "feature groups and features disagree");
}

const std::vector<std::size_t>& features_of(Part part) {
  static const PutIndex index = [] {
    PutIndex noted;
    write_all(StudentState{}, Scene{}, noted);
    return noted;
  }();
  return index.parts[static_cast<std::size_t>(part)];
}

void write_part(Part part, const StudentState& student, const Scene& scene, std::span<float> x) {
  const auto write = [&](auto put) { write_all(student, scene, put); };
  switch (part) {
    case Part::Student:
      return write(PutPart<Part::Student>(x));
    case Part::Skill:
      return write(PutPart<Part::Skill>(x));
    case Part::Item:
      return write(PutPart<Part::Item>(x));
  }
}

}  // namespace meno::evidence
