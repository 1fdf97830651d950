#include "eval/robustness/corruption.h"

#include <array>
#include <cmath>
#include <numeric>

namespace meno {
namespace {

constexpr double kFlipped = 0.1;    // of the answers
constexpr double kMissing = 0.2;    // of the answers
constexpr double kBurst = 0.04;     // after so many answers a bot takes over,
constexpr int kBurstAnswers = 5;    // for so long: a fifth more answers, none of them the student's
constexpr double kBotRight = 0.25;  // one of four choices

void clean(const Sequence& history, std::size_t t, Rng& /*rng*/, std::vector<Event>& observed) {
  observed.push_back(history[t]);
}

void flipped(const Sequence& history, std::size_t t, Rng& rng, std::vector<Event>& observed) {
  Event event = history[t];
  if (rng.chance(kFlipped)) event.correct = 1.0F - event.correct;
  observed.push_back(event);
}

void missing(const Sequence& history, std::size_t t, Rng& rng, std::vector<Event>& observed) {
  if (!rng.chance(kMissing)) observed.push_back(history[t]);
}

/// A bot retries items the student has met, at the student's moment.
void bursts(const Sequence& history, std::size_t t, Rng& rng, std::vector<Event>& observed) {
  observed.push_back(history[t]);
  if (!rng.chance(kBurst)) return;
  for (int k = 0; k < kBurstAnswers; ++k) {
    Event event = history[rng.below(t + 1)];
    event.correct = rng.chance(kBotRight) ? 1.0F : 0.0F;
    event.at = history[t].at;
    event.response_ms = kNoResponseTime;
    observed.push_back(event);
  }
}

constexpr std::array kCorruptions{
    Corruption{"clean", "as it was answered", &clean},
    Corruption{"flipped", "every tenth answer turned by a slip or a guess", &flipped},
    Corruption{"missing", "every fifth answer lost", &missing},
    Corruption{"bursts", "a fifth more answers, by bots", &bursts},
};

}  // namespace

std::span<const Corruption> corruption_registry() { return kCorruptions; }

std::deque<History> with_bots(const std::vector<Sequence>& students, double share,
                              std::uint64_t seed) {
  std::vector<std::size_t> order(students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng(mix64(seed ^ 0xb075ULL));
  rng.shuffle(std::span(order));
  const auto bots =
      static_cast<std::size_t>(std::lround(share * static_cast<double>(students.size())));
  std::vector<bool> is_bot(students.size(), false);
  for (std::size_t k = 0; k < bots; ++k) is_bot[order[k]] = true;
  std::deque<History> histories;
  for (std::size_t k = 0; k < students.size(); ++k) {
    History& history = histories.emplace_back();
    for (std::size_t t = 0; t < students[k].size(); ++t) {
      Event event = students[k][t];
      if (is_bot[k]) event.correct = rng.chance(kBotRight) ? 1.0F : 0.0F;
      history.push_back(event);
    }
  }
  return histories;
}

}  // namespace meno
