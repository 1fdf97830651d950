#include "meta/generative/item_walk.h"

#include <algorithm>

namespace meno {
namespace {

constexpr float kRightAbove = 0.5F;
constexpr int kLooks = 8;  // places looked at to find one at about the same point of the course

std::size_t apart(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

}  // namespace

ItemWalk::ItemWalk(std::span<const Sequence> students, double p_leave) : p_leave_(p_leave) {
  for (const Sequence& student : students) {
    if (student.empty()) continue;
    const std::size_t s = students_.size();
    students_.push_back(student);
    longest_ = std::max(longest_, student.size());
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      places_[key(event.item, event.correct > kRightAbove)].push_back(
          {static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(t)});
    }
  }
}

ItemWalk::Place ItemWalk::start(Rng& rng) const {
  return {static_cast<std::uint32_t>(rng.below(students_.size())), 0};
}

ItemWalk::Place ItemWalk::elsewhere(Place at, bool right, std::size_t now, Rng& rng) const {
  const std::vector<Place>* const places = places_.find(key(event(at).item, right));
  if (places == nullptr) return at;  // nobody ever answered so: go on where he is
  Place best = (*places)[rng.below(places->size())];
  for (int look = 1; look < kLooks; ++look) {
    const Place other = (*places)[rng.below(places->size())];
    if (apart(other.answer, now) < apart(best.answer, now)) best = other;
  }
  return best;
}

std::optional<ItemWalk::Place> ItemWalk::next(Place at, bool right, std::size_t now,
                                              Rng& rng) const {
  const bool as_he_did = (event(at).correct > kRightAbove) == right;
  if (!as_he_did || rng.chance(p_leave_)) at = elsewhere(at, right, now, rng);
  if (at.answer + 1 >= students_[at.student].size() || now + 1 >= longest_) return std::nullopt;
  return Place{at.student, at.answer + 1};
}

}  // namespace meno
