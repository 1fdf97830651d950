#include "models/evidence/features.h"

#include <algorithm>
#include <cmath>

#include "core/check.h"

namespace meno::evidence {
namespace {

float logit(float p) {
  const float clipped = std::clamp(p, 1e-3F, 1.0F - 1e-3F);
  return std::log(clipped / (1.0F - clipped));
}
float sigmoid(float z) { return 1.0F / (1.0F + std::exp(-z)); }
/// log(1 + v). Most v are counts: those below 1,024 are read from a table.
float log1(float v) {
  constexpr std::size_t kTable = 1024;
  static const std::array<float, kTable> table = [] {
    std::array<float, kTable> logs{};
    for (std::size_t k = 0; k < kTable; ++k) logs[k] = std::log1p(static_cast<float>(k));
    return logs;
  }();
  if (v >= 0.0F && v < static_cast<float>(kTable)) {
    const auto whole = static_cast<std::size_t>(v);
    if (static_cast<float>(whole) == v) return table[whole];
  }
  return std::log1p(v);
}
float signed_log(float v) { return v > 0.0F ? log1(v) : -log1(-v); }
float flag(bool value) { return value ? 1.0F : 0.0F; }
float sign(bool right) { return right ? 1.0F : -1.0F; }

/// Writes features one after the other.
class Writer {
 public:
  explicit Writer(std::span<float> x) : x_(x) {}
  void operator()(float value) { x_[at_++] = value; }
  std::size_t written() const { return at_; }

 private:
  std::span<float> x_;
  std::size_t at_ = 0;
};

void write_course(const Scene& scene, Writer& put) {
  const Rates& r = scene.rates;
  const auto& all = scene.lookups.all;
  put(r.skill);
  put(r.item);
  put(log1(all[kItem]));
  put(log1(all[kSkill]));
  put(r.item_attempt);
  put(log1(all[kItemAttempt]));
  put(r.item_after);
  put(log1(all[kItemAfter]));
  put(r.skill_recent);
  put(r.skill_attempt);
}

void write_student(const StudentState& student, const Scene& scene, Writer& put) {
  const auto answers = static_cast<float>(student.answers);
  for (const DecayedMean& mean : student.residual) put(mean.mean());
  put(student.ability[0]);
  put(student.ability[1]);
  put(log1(answers));
  put((static_cast<float>(student.right) + 2.0F * scene.lookups.base) / (answers + 2.0F));
  put(signed_log(static_cast<float>(student.streak)));
  for (const DecayedMean& mean : student.context_residual) put(mean.mean());
}

void write_skill(const StudentState& student, const Scene& scene, Writer& put) {
  const SkillState& s = scene.situation.skill;
  for (const DecayedMean& mean : s.residual) put(mean.mean());
  put(log1(s.right));
  put(log1(s.answers - s.right));
  put((s.right + 2.0F * scene.rates.p_skill) / (s.answers + 2.0F));
  for (const std::int8_t answer : s.recent) put(answer);
  put(s.last >= 0 ? log1(static_cast<float>(student.answers - s.last)) : 0.0F);
  put(signed_log(s.streak));
  put(flag(s.answers > 0.0F));
  put(s.ability[0]);
  put(s.ability[1]);
  put(scene.rates.elo_slow);
  put(scene.rates.item + student.ability[1] + s.ability[1]);
}

void write_item(const StudentState& student, const Scene& scene, Writer& put) {
  const ItemState& item = scene.situation.item;
  put(log1(static_cast<float>(item.answers)));
  put(log1(static_cast<float>(item.right)));
  put(item.recent[0]);
  put(item.recent[1]);
  put(item.last >= 0 ? log1(static_cast<float>(student.answers - item.last)) : 0.0F);
  put(flag(item.answers > 0));
}

void write_recent(const StudentState& student, const Scene& scene, Writer& put) {
  const Situation& now = scene.situation;
  for (std::size_t j = 0; j < 5; ++j) put(student.recent[j]);
  for (std::size_t j = 0; j < 3; ++j) {
    put(flag(student.answers > static_cast<int>(j) && student.past[j].item == now.item_key));
  }
  for (std::size_t j = 0; j < 3; ++j) {
    put(flag(student.answers > static_cast<int>(j) && student.past[j].skills == now.skills_key));
  }
  put(log1(static_cast<float>(now.item_run)));
  put(log1(static_cast<float>(now.skill_run)));
  put(log1(static_cast<float>(now.wrong_run)));
  put(now.same_item ? sign(student.past[0].right) : 0.0F);
  put(now.same_item && !now.same_skill ? sign(student.past[0].right) : 0.0F);
}

void write_variety(const StudentState& student, Writer& put) {
  put(log1(static_cast<float>(student.skills.size())));
  put(log1(static_cast<float>(student.items.size())));
  put(student.repeated);
}

void write_contrast(const StudentState& student, const Scene& scene, Writer& put) {
  const SkillState& s = scene.situation.skill;
  const Rates& r = scene.rates;
  const bool any = student.answers > 0;
  put(any ? flag(student.past[0].right) - r.p_skill : 0.0F);
  put(r.item_after - r.item);
  put(r.item_attempt - r.item);
  put(r.skill_recent - r.skill);
  const auto lately =
      static_cast<float>(std::count(student.recent.begin(), student.recent.end(), 1));
  put((lately + 2.0F * scene.lookups.base) /
      (static_cast<float>(std::min(student.answers, 10)) + 2.0F));
  put(r.context + student.ability[0] + s.ability[0]);
  put(r.p_item * (1.0F - r.p_item));
  put(static_cast<float>(s.recent[0] + s.recent[1] + s.recent[2]) / 3.0F);
  put(static_cast<float>(std::min(student.answers, 200)) / 200.0F);
  put(flag(s.last >= 0 && s.last == student.answers - 1));
  put(flag(s.streak >= 3.0F));
  put(flag(s.streak <= -3.0F));
  put(s.answers > 0.0F ? sigmoid(r.item + student.ability[1] + s.ability[1]) : 0.0F);
  put(s.answers > 0.0F ? s.right / s.answers : 0.0F);
  put(log1(s.answers));
  put(r.item_run);
  put(log1(scene.lookups.all[kItemRun]));
  put(r.skill_run);
  put(r.elo_fast);
}

void write_residuals(const StudentState& student, const Scene& scene, Writer& put) {
  const Lookups& looked = scene.lookups;
  for (std::size_t j = 0; j < kResiduals; ++j) {
    put(looked.residual[j] / (looked.variance[j] + 2.0F));
    put(log1(looked.variance[j]));
  }
  for (const DecayedMean& mean : student.elo_residual) put(mean.mean());
  for (const DecayedMean& mean : scene.situation.skill.elo_residual) put(mean.mean());
  put(looked.all[kItemRun] > 0.0F ? looked.right[kItemRun] / looked.all[kItemRun] : .5F);
  put(scene.situation.item_run > 0 ? scene.rates.item_run : 0.0F);
}

/// log(1 + minutes) between two times; 0 where either is unknown.
float log_gap(TimePoint from, TimePoint to) {
  if (from == kNoTime || to == kNoTime || to < from) return 0.0F;
  const auto gap_ms = static_cast<float>((to - from).count());
  return log1(gap_ms / 60000.0F);
}

void write_time(const StudentState& student, const Scene& scene, Writer& put) {
  const float gap = log_gap(student.at, scene.at);
  put(gap);
  put(log_gap(scene.situation.skill.at, scene.at));
  put(log_gap(scene.situation.item.at, scene.at));
  const bool new_session = gap > log1(30.0F);
  put(flag(new_session));
  put(new_session ? 0.0F : log1(static_cast<float>(student.session_answers)));
  put(student.log_response_last);
  put(student.responses > 0 ? student.log_response_mean : 0.0F);
  put(flag(student.responses > 0 &&
           student.log_response_mean + student.log_response_last < std::log(2.0F)));
}

}  // namespace

Rates rates_of(const StudentState& student, const Situation& situation, const Lookups& lookups) {
  const auto smooth = [&](std::size_t table, float strength, float prior) {
    return (lookups.right[table] + strength * prior) / (lookups.all[table] + strength);
  };
  Rates r{};
  r.p_skill = smooth(kSkill, 10.0F, lookups.base);
  r.p_item = smooth(kItem, 5.0F, r.p_skill);
  r.skill = logit(r.p_skill);
  r.item = logit(r.p_item);
  r.item_attempt = logit(smooth(kItemAttempt, 5.0F, r.p_item));
  r.item_after = logit(smooth(kItemAfter, 5.0F, r.p_item));
  r.skill_recent = logit(smooth(kSkillRecent, 10.0F, r.p_skill));
  r.skill_attempt = logit(smooth(kSkillAttempt, 10.0F, r.p_skill));
  r.skill_run = logit(smooth(kSkillRun, 10.0F, r.p_skill));
  const bool in_run = situation.item_run > 0;
  const float run_prior = in_run ? sigmoid(r.skill_run + r.item - r.skill) : r.p_item;
  r.item_run = logit(smooth(kItemRun, 5.0F, run_prior));
  r.context = r.item_after + r.item_attempt - r.item;
  r.elo_slow = r.item + student.ability[0] + situation.skill.ability[0];
  r.elo_fast =
      (in_run ? r.item_run : r.item_attempt) + student.ability[1] + situation.skill.ability[1];
  return r;
}

Forecast forecast_of(const Rates& rates) {
  return {.item = rates.p_item,
          .elo_slow = sigmoid(rates.elo_slow),
          .elo_fast = sigmoid(rates.elo_fast),
          .context = sigmoid(rates.context)};
}

void write_features(const StudentState& student, const Scene& scene, std::span<float> x) {
  Writer put(x);
  write_course(scene, put);
  write_student(student, scene, put);
  write_skill(student, scene, put);
  write_item(student, scene, put);
  write_recent(student, scene, put);
  write_variety(student, put);
  write_contrast(student, scene, put);
  write_residuals(student, scene, put);
  write_time(student, scene, put);
  MENO_CHECK(put.written() == kFeatures, "feature groups and features disagree");
}

}  // namespace meno::evidence
