#include "eval/generative/privacy_audit.h"

#include <algorithm>
#include <unordered_map>

#include "eval/generative/two_sample.h"

namespace meno {
namespace {

using AnswerSets = std::vector<std::vector<std::uint64_t>>;

AnswerSets sets_of(const std::vector<Sequence>& students) {
  AnswerSets sets;
  for (const Sequence& student : students) sets.push_back(answer_set(student));
  return sets;
}

double nearest(const std::vector<std::uint64_t>& one, const AnswerSets& others) {
  double least = 1.0;
  for (const auto& other : others) least = std::min(least, distance(one, other));
  return least;
}

/// `count` of them at random.
std::vector<Sequence> sample_of(std::vector<Sequence> students, std::size_t count, Rng& rng) {
  std::erase_if(students, [](const Sequence& student) { return student.empty(); });
  rng.shuffle(std::span(students));
  students.resize(std::min(count, students.size()));
  return students;
}

void audit_neighbours(const AnswerSets& training, const AnswerSets& held_out,
                      const AnswerSets& synthetic, Rng& rng, PrivacyAudit& audit) {
  constexpr int kResamples = 500;
  std::vector<double> closer;
  const auto n = static_cast<double>(synthetic.size());
  for (const auto& one : synthetic) {
    const double to_train = nearest(one, training);
    const double to_held_out = nearest(one, held_out);
    closer.push_back(to_train < to_held_out ? 1.0 : to_train > to_held_out ? 0.0 : 0.5);
    audit.to_train += to_train / n;
    audit.to_held_out += to_held_out / n;
    if (to_train == 0.0) audit.exact_copies += 1.0 / n;
  }
  for (const auto& one : held_out) {
    if (nearest(one, training) == 0.0)
      audit.exact_by_chance += 1.0 / static_cast<double>(held_out.size());
  }
  audit.closer_to_train = 0.0;
  for (const double one : closer) audit.closer_to_train += one / n;
  std::vector<double> shares;
  for (int r = 0; r < kResamples; ++r) {
    double share = 0.0;
    for (std::size_t k = 0; k < closer.size(); ++k) share += closer[rng.below(closer.size())] / n;
    shares.push_back(share);
  }
  audit.closer_interval = {.low = quantile(shares, 0.025), .high = quantile(shares, 0.975)};
}

}  // namespace

std::vector<std::uint64_t> answer_set(const Sequence& student) {
  std::vector<std::uint64_t> set;
  std::unordered_map<std::uint32_t, std::uint64_t> tries;
  for (std::size_t t = 0; t < student.size(); ++t) {
    const Event event = student[t];
    const std::uint64_t tried = tries[event.item.value]++;
    set.push_back((static_cast<std::uint64_t>(event.item.value) << 32U) + 2 * tried +
                  (event.correct > 0.5F ? 1U : 0U));
  }
  std::sort(set.begin(), set.end());
  return set;
}

double distance(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++shared;
    const bool step_a = a[i] <= b[j];
    const bool step_b = b[j] <= a[i];
    if (step_a) ++i;
    if (step_b) ++j;
  }
  const std::size_t all = a.size() + b.size() - shared;
  return all == 0 ? 0.0 : 1.0 - static_cast<double>(shared) / static_cast<double>(all);
}

PrivacyAudit audit_privacy(const std::vector<Sequence>& training,
                           const std::vector<Sequence>& held_out,
                           const std::vector<Sequence>& synthetic, std::uint64_t seed) {
  Rng rng(mix64(seed) ^ 0x7076);
  const std::size_t count = std::min(training.size(), held_out.size());
  const AnswerSets members = sets_of(sample_of(training, count, rng));
  const AnswerSets others = sets_of(sample_of(held_out, count, rng));
  const AnswerSets made_up = sets_of(synthetic);
  PrivacyAudit audit;
  audit_neighbours(members, others, made_up, rng, audit);
  std::vector<double> score;
  std::vector<float> label;
  for (const AnswerSets* const group : {&members, &others}) {
    for (const auto& one : *group) {
      score.push_back(-nearest(one, made_up));
      label.push_back(group == &members ? 1.0F : 0.0F);
    }
  }
  const Separation apart = separation_of(score, label, rng);
  audit.membership_auc = apart.auc;
  audit.membership_interval = apart.interval;
  audit.membership_p_value = apart.p_value;
  return audit;
}

}  // namespace meno
