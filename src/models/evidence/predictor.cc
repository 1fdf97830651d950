// What one prediction needs is worked out in three steps, each kept for the next target that shares
// it: the student's share of the first layer, then the skills', then the item's own. Targets go
// through the layers a block at a time.
#include "models/evidence/predictor.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace meno::evidence {
namespace {

/// Targets computed together: enough for their look-ups to wait for memory side by side, and for
/// weights to be read once for several.
constexpr std::size_t kBlock = 16;

/// What a part, and those before it, add to the first layer and to the linear term.
template <class S>
struct Sums {
  Aligned<S> z;  // [hidden]
  S linear = S(0);
};

/// Sums at one state and time.
template <class S>
struct Share {
  std::uint64_t stamp = 0;  // of the state; 0: nothing yet
  TimePoint at = kNoTime;
  Sums<S> sums;
};

/// The sums up to a target's skills, with the scene to which an item is missing.
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

/// A share that a block lacks, and the first target that needs it.
template <class S>
struct Missing {
  SkillShare<S>* share = nullptr;
  const Target* target = nullptr;
  Keys keys;
};

/// kBlock vectors of one length, padded, as Layer::add reads and writes them.
template <class S>
class Vectors {
 public:
  void shape(std::size_t length) {
    length_ = padded<S>(length);
    values_.resize(kBlock * length_);
    for (std::size_t k = 0; k < kBlock; ++k) in_[k] = out_[k] = values_.data() + k * length_;
  }
  std::span<S> operator[](std::size_t k) { return {out_[k], length_}; }
  std::span<const S* const> in(std::size_t count) const { return std::span(in_).first(count); }
  std::span<S* const> out(std::size_t count) const { return std::span(out_).first(count); }

 private:
  std::size_t length_ = 0;
  Aligned<S> values_;
  std::array<const S*, kBlock> in_{};
  std::array<S*, kBlock> out_{};
};

/// Scratch of one thread. Its shares are kept by stamp, so they cannot be taken for another
/// state's.
template <class S>
struct Scratch {
  static constexpr std::size_t kShares = 64;  // a course has some dozens of skills

  Share<S> student;
  std::array<SkillShare<S>, kShares> skills;  // by the low bits of the key
  std::array<SkillShare<S>, kBlock> own;      // of targets that share theirs with none, by place
  std::vector<Placed> order;
  std::array<const SkillShare<S>*, kBlock> shares{};  // of a block's targets
  std::array<Missing<S>, kBlock> missing;
  std::array<S*, kBlock> missing_z{};  // of their sums
  std::array<ItemSituation, kBlock> situations;
  std::array<Keys, kBlock> keys;
  std::array<S, kBlock> linear{};
  std::array<float, kFeatures> features{};
  VectorShares<S> vector;
  Vectors<S> x, product, z1, z2;
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
      : w_(weights),
        course_(weights.model().course()),
        student_(served.student),
        state_(served.state),
        stamp_(served.stamp),
        s_(scratch<S>()) {
    s_.x.shape(kFeatures);
    s_.product.shape(w_.d());
    s_.z1.shape(w_.hidden());
    s_.z2.shape(w_.hidden() / 2);
  }

  void predict(std::span<const Target> targets, std::span<double> p) {
    sort_by_skills(targets);
    for (std::span<const Placed> rest(s_.order); !rest.empty();) {
      const std::span<const Placed> block = rest.first(find_shares(targets, rest));
      predict_block(targets, block, p);
      rest = rest.subspan(block.size());
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
  void sort_by_skills(std::span<const Target> targets) {
    s_.order.clear();
    for (std::size_t k = 0; k < targets.size(); ++k) {
      s_.order.push_back({skills_key(targets[k].skills), k});
    }
    std::sort(s_.order.begin(), s_.order.end(), [](const Placed& a, const Placed& b) {
      return a.skills_key != b.skills_key ? a.skills_key < b.skills_key : a.place < b.place;
    });
  }

  /// Finds the shares of the first in order, works out those that are missing, and returns how many
  /// targets now have theirs: kBlock at most, fewer where two would keep theirs in one place.
  std::size_t find_shares(std::span<const Target> targets, std::span<const Placed> order) {
    std::size_t found = 0;
    std::size_t missing = 0;
    for (; found < std::min(kBlock, order.size()); ++found) {
      const Target& target = targets[order[found].place];
      const std::uint64_t key = order[found].skills_key;
      const bool own = alone(target);
      SkillShare<S>& share = own ? s_.own[found] : s_.skills[key % Scratch<S>::kShares];
      const bool known =
          !own && share.stamp == stamp_ && share.at == target.at && share.skills_key == key;
      if (!known) {
        const auto used = std::span(s_.shares).first(found);
        if (std::find(used.begin(), used.end(), &share) != used.end()) break;
        share.stamp = stamp_;
        share.at = target.at;
        share.skills_key = key;
        s_.missing[missing].share = &share;
        s_.missing[missing].target = &target;
        ++missing;
      }
      s_.shares[found] = &share;
    }
    if (missing > 0) work_out(std::span(s_.missing).first(missing));
    return found;
  }

  /// The sums of skills, on top of the student's.
  void work_out(std::span<Missing<S>> missing) {
    for (Missing<S>& one : missing) {
      Scene& scene = one.share->scene;
      scene.at = one.target->at;
      scene.situation = situation_of(student_, one.target->item, one.target->skills);
      scene.lookups.base = course_.base();
      set_skill_keys(student_, scene.situation, one.keys);
      course_.prefetch_skill(one.keys);
    }
    for (std::size_t k = 0; k < missing.size(); ++k) {
      SkillShare<S>& share = *missing[k].share;
      course_.look_up_skill(missing[k].keys, share.scene.lookups);
      set_skill_rates(share.scene.lookups, share.scene.rates);
      share.sums = student_sums(share.scene);
      share.sums.linear += write(Part::Skill, share.scene, k);
      add_vector(*missing[k].target, k, share.sums.z);
      s_.missing_z[k] = share.sums.z.data();
    }
    const std::span<S* const> z = std::span(s_.missing_z).first(missing.size());
    add_part(Part::Skill, z);
    if (w_.product()) w_.out1_product.add(s_.product.in(z.size()), w_.d(), z);
  }

  /// The sums of everything that does not depend on the target. Uses the last of the block's
  /// vectors.
  const Sums<S>& student_sums(const Scene& scene) {
    Share<S>& share = s_.student;
    if (share.stamp == stamp_ && share.at == scene.at) return share.sums;
    share.stamp = stamp_;
    share.at = scene.at;
    share.sums.z = w_.out1_bias;
    share.sums.linear = w_.bias + write(Part::Student, scene, kBlock - 1);
    S* const z = share.sums.z.data();
    s_.entries.take(s_.x[kBlock - 1].first(features_of(Part::Student).size()));
    w_.of(Part::Student).out1.add(s_.entries, z);
    if (w_.shape().options.recurrence) {
      s_.entries.take({state_.data(), w_.d()});
      w_.out1_state.add(s_.entries, z);
    }
    return share.sums;
  }

  /// Fills the k-th x with a part of the features, scaled; returns its share of the linear term.
  S write(Part part, const Scene& scene, std::size_t k) {
    const auto& weights = w_.of(part);
    const std::span<float> features = std::span(s_.features).first(features_of(part).size());
    write_part(part, student_, scene, features);
    weights.scaling.apply(features);
    const std::span<S> x = s_.x[k].first(weights.linear.size());
    std::fill(std::copy(features.begin(), features.end(), x.begin()), x.end(), S(0));
    return dot<S>(x, weights.linear);
  }

  /// Adds a part of the first layer, of the first x, to as many z.
  void add_part(Part part, std::span<S* const> z) {
    w_.of(part).out1.add(s_.x.in(z.size()), features_of(part).size(), z);
  }

  /// Adds a target's vector to z and fills the k-th product of state and gate.
  void add_vector(const Target& target, std::size_t k, Aligned<S>& z) {
    if (!w_.shape().vectors()) return;
    w_.share_vector(target.item, target.skills, s_.vector);
    for (std::size_t i = 0; i < z.size(); ++i) z[i] += s_.vector.out1[i];
    if (!w_.product()) return;
    const std::span<S> product = s_.product[k];
    for (std::size_t i = 0; i < w_.d(); ++i) product[i] = s_.vector.gate[i] * state_[i];
  }

  /// Targets that have their shares: only their items are missing.
  void predict_block(std::span<const Target> targets, std::span<const Placed> block,
                     std::span<double> p) {
    const SkillShare<S>* share = nullptr;
    Scene scene;
    const auto enter = [&](std::size_t k) {
      if (s_.shares[k] != share) {
        share = s_.shares[k];
        scene = share->scene;
      }
      static_cast<ItemSituation&>(scene.situation) = s_.situations[k];
    };
    for (std::size_t k = 0; k < block.size(); ++k) {
      s_.situations[k] = situation_of(student_, targets[block[k].place].item);
      enter(k);
      set_item_keys(student_, scene.situation, s_.keys[k]);
      course_.prefetch_item(s_.keys[k]);
    }
    for (std::size_t k = 0; k < block.size(); ++k) {
      enter(k);
      course_.look_up_item(s_.keys[k], scene.lookups);
      set_item_rates(student_, scene.situation, scene.lookups, scene.rates);
      s_.linear[k] = share->sums.linear + write(Part::Item, scene, k);
      std::copy(share->sums.z.begin(), share->sums.z.end(), s_.z1[k].begin());
    }
    add_part(Part::Item, s_.z1.out(block.size()));
    read_out(block.size());
    for (std::size_t k = 0; k < block.size(); ++k) {
      const auto logit = static_cast<double>(s_.linear[k] + dot<S>(s_.z2[k], w_.out3));
      p[block[k].place] = 1.0 / (1.0 + std::exp(-std::clamp(logit, -30.0, 30.0)));
    }
  }

  /// The second layer of the first `count` z1.
  void read_out(std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
      for (S& value : s_.z1[k]) value = std::max(value, S(0));
      std::copy(w_.out2_bias.begin(), w_.out2_bias.end(), s_.z2[k].begin());
    }
    w_.out2.add(s_.z1.in(count), w_.hidden(), s_.z2.out(count));
    for (std::size_t k = 0; k < count; ++k) {
      for (S& value : s_.z2[k]) value = std::max(value, S(0));
    }
  }

  const ServingWeights<S>& w_;
  const CourseStatistics& course_;
  const StudentState& student_;
  const Aligned<S>& state_;
  std::uint64_t stamp_;
  Scratch<S>& s_;
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
