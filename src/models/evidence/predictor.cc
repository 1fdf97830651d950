// What one prediction needs is worked out in three steps, each kept for the next target that shares
// it: the student's share of the first layer, then the skills', then the item's own.
#include "models/evidence/predictor.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace meno::evidence {
namespace {

/// Targets computed together: enough for their look-ups to wait for memory side by side.
constexpr std::size_t kBlock = 16;

/// A part's share of the first layer and of the linear term, at one state and time.
template <class S>
struct Share {
  std::uint64_t stamp = 0;  // of the state; 0: nothing yet
  TimePoint at = kNoTime;
  Aligned<S> z;  // [hidden]
  S linear = S(0);
};

/// The student's share and that of a target's skills, with the scene to which an item is missing.
template <class S>
struct SkillShare : Share<S> {
  std::uint64_t skills_key = 0;
  Scene scene;
};

/// A target of a call, by its skills.
struct Placed {
  std::uint64_t skills_key = 0;
  std::size_t place = 0;
};

/// Scratch of one thread. Its shares are kept by stamp, so they cannot be taken for another
/// state's.
template <class S>
struct Scratch {
  static constexpr std::size_t kShares = 64;  // a course has some dozens of skills

  Share<S> student;
  std::array<SkillShare<S>, kShares> skills;  // by the low bits of the key
  SkillShare<S> uncached;
  VectorShares<S> vector;
  std::vector<Placed> order;
  std::array<ItemSituation, kBlock> situations;
  std::array<Keys, kBlock> keys;
  std::array<Aligned<S>, kBlock> z1;
  std::array<S, kBlock> linear{};
  std::vector<float> x;
  Aligned<S> scaled, z2;
  Entries<S> entries;
};

template <class S>
Scratch<S>& scratch() {
  thread_local Scratch<S> mine;
  return mine;
}

template <class S>
class Predictor {
 public:
  Predictor(const ServingWeights<S>& weights, const ServedStudent<S>& served)
      : w_(weights), student_(served.student), state_(served.state), stamp_(served.stamp) {}

  void predict(std::span<const Target> targets, std::span<double> p) const {
    const std::vector<Placed>& order = by_skills(targets);
    for (std::size_t from = 0; from < order.size();) {
      const std::span<const Placed> rest = std::span(order).subspan(from);
      const std::size_t n = alike(targets, rest);
      predict_alike(share_of(targets[rest[0].place]), targets, rest.first(n), p);
      from += n;
    }
  }

 private:
  bool answered_last(ItemId item) const {
    return student_.answers > 0 && student_.past[0].item == item.value;
  }
  /// Does this target have its skills' share to itself?
  bool alone(const Target& target) const {
    return w_.shape().options.item_vectors || answered_last(target.item);
  }

  /// The targets with equal skills side by side.
  static const std::vector<Placed>& by_skills(std::span<const Target> targets) {
    std::vector<Placed>& order = scratch<S>().order;
    order.clear();
    for (std::size_t k = 0; k < targets.size(); ++k) {
      order.push_back({skills_key(targets[k].skills), k});
    }
    std::sort(order.begin(), order.end(), [](const Placed& a, const Placed& b) {
      return a.skills_key != b.skills_key ? a.skills_key < b.skills_key : a.place < b.place;
    });
    return order;
  }

  /// How many of the first in order, up to kBlock, have one share.
  std::size_t alike(std::span<const Target> targets, std::span<const Placed> order) const {
    const Target& first = targets[order.front().place];
    if (alone(first)) return 1;
    std::size_t n = 1;
    while (n < std::min(kBlock, order.size()) && order[n].skills_key == order[0].skills_key &&
           targets[order[n].place].at == first.at && !alone(targets[order[n].place])) {
      ++n;
    }
    return n;
  }

  /// Adds what a part of the features comes to.
  void add_part(Part part, const Scene& scene, Aligned<S>& z, S& linear) const {
    Scratch<S>& s = scratch<S>();
    const auto& weights = w_.of(part);
    s.x.resize(features_of(part).size());
    write_part(part, student_, scene, s.x);
    weights.scaling.apply(s.x);
    s.scaled.assign(weights.linear.size(), S(0));
    std::copy(s.x.begin(), s.x.end(), s.scaled.begin());
    s.entries.take({s.scaled.data(), s.x.size()});
    weights.out1.add(s.entries, z.data());
    linear += dot<S>(s.scaled, weights.linear);
  }

  /// The share of everything that does not depend on the target.
  const Share<S>& student_share(const Scene& scene) const {
    Scratch<S>& s = scratch<S>();
    Share<S>& share = s.student;
    if (share.stamp == stamp_ && share.at == scene.at) return share;
    share.z = w_.out1_bias;
    share.linear = w_.bias;
    add_part(Part::Student, scene, share.z, share.linear);
    if (w_.shape().options.recurrence) {
      s.entries.take({state_.data(), w_.d()});
      w_.out1_state.add(s.entries, share.z.data());
    }
    share.stamp = stamp_;
    share.at = scene.at;
    return share;
  }

  const SkillShare<S>& share_of(const Target& target) const {
    Scratch<S>& s = scratch<S>();
    const std::uint64_t key = skills_key(target.skills);
    if (alone(target)) {
      fill(target, s.uncached);
      return s.uncached;
    }
    SkillShare<S>& share = s.skills[key % Scratch<S>::kShares];
    if (share.stamp != stamp_ || share.at != target.at || share.skills_key != key) {
      fill(target, share);
      share.skills_key = key;
    }
    return share;
  }

  void fill(const Target& target, SkillShare<S>& share) const {
    Scene& scene = share.scene;
    scene.at = target.at;
    scene.situation = situation_of(student_, target.item, target.skills);
    const CourseStatistics& course = w_.model().course();
    Keys keys;
    set_skill_keys(student_, scene.situation, keys);
    course.prefetch_skill(keys);
    scene.lookups.base = course.base();
    const Share<S>& student = student_share(scene);
    share.z = student.z;
    share.linear = student.linear;
    course.look_up_skill(keys, scene.lookups);
    set_skill_rates(scene.lookups, scene.rates);
    add_part(Part::Skill, scene, share.z, share.linear);
    if (w_.shape().vectors()) add_vector(target, share.z);
    share.stamp = stamp_;
    share.at = target.at;
  }

  void add_vector(const Target& target, Aligned<S>& z) const {
    Scratch<S>& s = scratch<S>();
    w_.share_vector(target.item, target.skills, s.vector);
    for (std::size_t k = 0; k < z.size(); ++k) z[k] += s.vector.out1[k];
    if (!w_.product()) return;
    for (std::size_t k = 0; k < w_.d(); ++k) s.vector.gate[k] *= state_[k];
    s.entries.take({s.vector.gate.data(), w_.d()});
    w_.out1_product.add(s.entries, z.data());
  }

  /// Targets that are alike: only their items differ.
  void predict_alike(const SkillShare<S>& share, std::span<const Target> targets,
                     std::span<const Placed> block, std::span<double> p) const {
    Scratch<S>& s = scratch<S>();
    Scene scene = share.scene;
    for (std::size_t k = 0; k < block.size(); ++k) {
      s.situations[k] = situation_of(student_, targets[block[k].place].item);
      static_cast<ItemSituation&>(scene.situation) = s.situations[k];
      set_item_keys(student_, scene.situation, s.keys[k]);
      w_.model().course().prefetch_item(s.keys[k]);
    }
    for (std::size_t k = 0; k < block.size(); ++k) {
      static_cast<ItemSituation&>(scene.situation) = s.situations[k];
      w_.model().course().look_up_item(s.keys[k], scene.lookups);
      set_item_rates(student_, scene.situation, scene.lookups, scene.rates);
      s.z1[k] = share.z;
      s.linear[k] = share.linear;
      add_part(Part::Item, scene, s.z1[k], s.linear[k]);
    }
    for (std::size_t k = 0; k < block.size(); ++k) {
      const double logit = static_cast<double>(s.linear[k] + read_out(s.z1[k]));
      p[block[k].place] = 1.0 / (1.0 + std::exp(-std::clamp(logit, -30.0, 30.0)));
    }
  }

  /// The second and third layer.
  S read_out(const Aligned<S>& z1) const {
    Scratch<S>& s = scratch<S>();
    s.entries.take_positive(z1);
    s.z2 = w_.out2_bias;
    w_.out2.add(s.entries, s.z2.data());
    for (S& value : s.z2) value = std::max(value, S(0));
    return dot<S>(s.z2, w_.out3);
  }

  const ServingWeights<S>& w_;
  const StudentState& student_;
  const Aligned<S>& state_;
  std::uint64_t stamp_;
};

}  // namespace

template <class S>
void predict(const ServingWeights<S>& weights, const ServedStudent<S>& served,
             std::span<const Target> targets, std::span<double> p_correct) {
  Predictor<S>(weights, served).predict(targets, p_correct);
}

template void predict<float>(const ServingWeights<float>&, const ServedStudent<float>&,
                             std::span<const Target>, std::span<double>);
template void predict<double>(const ServingWeights<double>&, const ServedStudent<double>&,
                              std::span<const Target>, std::span<double>);

}  // namespace meno::evidence
