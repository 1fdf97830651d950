// What one prediction needs is worked out in three steps, each kept for the next target that shares
// it: the student's share of the first layer, then the skills', then the item's own.
#include "models/evidence/evidence_tracker.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstring>

#include "models/evidence/serving_weights.h"
#include "models/evidence/state_bytes.h"

namespace meno::evidence {
namespace {

/// Targets computed together: enough for their look-ups to wait for memory side by side.
constexpr std::size_t kBlock = 16;

template <class S>
using Values = Eigen::Map<Eigen::Array<S, Eigen::Dynamic, 1>>;
template <class S>
using ConstValues = Eigen::Map<const Eigen::Array<S, Eigen::Dynamic, 1>>;

/// A number that no other state of any student in this process has.
std::uint64_t fresh_stamp() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

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

  friend auto operator<=>(const Placed&, const Placed&) = default;
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
  Aligned<S> scaled, a, gates, state, z2;
  Entries<S> entries;
};

template <class S>
Scratch<S>& scratch() {
  thread_local Scratch<S> mine;
  return mine;
}

template <class S>
class EvidenceTracker final : public Tracker {
 public:
  explicit EvidenceTracker(const ServingWeights<S>& weights)
      : w_(weights), state_(padded<S>(weights.d()), S(0)), stamp_(fresh_stamp()) {}

  void observe(const Event& event) override {
    const CourseStatistics& course = w_.model().course();
    Scene scene;
    scene.at = event.at;
    scene.situation = situation_of(student_, event.item, event.skills);
    const Keys keys = keys_of(student_, scene.situation);
    course.prefetch_item(keys);
    course.prefetch_skill(keys);
    if (w_.shape().options.recurrence) begin_step();  // while memory brings the look-ups
    course.look_up(keys, kNoFold, scene.lookups);
    scene.rates = rates_of(student_, scene.situation, scene.lookups);
    if (w_.shape().options.recurrence) step(scene, event);
    evidence::observe(student_, event, forecast_of(scene.rates));
    stamp_ = fresh_stamp();
  }

  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    const std::vector<Placed>& order = by_skills(targets);
    for (std::size_t from = 0; from < order.size();) {
      const std::span<const Placed> rest = std::span(order).subspan(from);
      const std::size_t n = alike(targets, rest);
      predict(share_of(targets[rest[0].place]), targets, rest.first(n), p);
      from += n;
    }
  }

  std::unique_ptr<Tracker> clone() const override {
    return std::make_unique<EvidenceTracker>(*this);
  }

  std::string save() const override {
    std::string bytes = to_bytes(student_);
    bytes.append(reinterpret_cast<const char*>(state_.data()), w_.d() * sizeof(S));
    return bytes;
  }

  Result<Done> restore(std::string_view bytes) override {
    MENO_TRY(StudentState student, take_state(bytes));
    if (bytes.size() != w_.d() * sizeof(S)) {
      return invalid_input(
          "tracker state: made by a network of another width, expected this model's");
    }
    student_ = std::move(student);
    std::memcpy(state_.data(), bytes.data(), bytes.size());
    stamp_ = fresh_stamp();
    return Done{};
  }

 private:
  std::span<const S> state() const { return {state_.data(), w_.d()}; }
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
    std::sort(order.begin(), order.end());
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

  /// What the state says to the gates: the half of a step that needs no evidence.
  void begin_step() {
    Scratch<S>& s = scratch<S>();
    s.entries.take(state());
    s.state.assign(w_.gru_state.width(), S(0));
    w_.gru_state.add(s.entries, s.state.data());
  }

  /// h' = GRU(a, h), after begin_step(). Source: Cho et al. 2014, with the state's bias inside the
  /// reset gate.
  void step(const Scene& scene, const Event& event) {
    Scratch<S>& s = scratch<S>();
    const auto d = static_cast<Eigen::Index>(w_.d());
    const S sign = S(2.0F * event.correct - 1.0F);
    s.x.resize(w_.shape().features);
    write_features(student_, scene, s.x);
    w_.model().scaling().apply(s.x);
    s.scaled.assign(s.x.begin(), s.x.end());
    s.a = w_.in_bias;
    Values<S>(s.a.data(), d) += sign * ConstValues<S>(w_.in_answer.data(), d);
    if (w_.shape().vectors()) {
      w_.share_vector(event.item, event.skills, s.vector);
      Values<S>(s.a.data(), d) += sign * ConstValues<S>(s.vector.in.data(), d);
    }
    s.entries.take(s.scaled);
    w_.in_x.add(s.entries, s.a.data());
    s.entries.take_positive({s.a.data(), w_.d()});
    s.gates = w_.gru_bias;
    w_.gru_in.add(s.entries, s.gates.data());
    const ConstValues<S> in(s.gates.data(), 3 * d);
    const ConstValues<S> from(s.state.data(), 3 * d);
    Values<S> h(state_.data(), d);
    const auto open = (S(1) + (-(in.head(2 * d) + from.head(2 * d))).exp()).inverse().eval();
    const auto share = from.tail(d) + ConstValues<S>(w_.gru_state_bias.data(), d);
    const auto fresh = (in.tail(d) + open.head(d) * share).tanh().eval();
    h = (S(1) - open.tail(d)) * fresh + open.tail(d) * h;
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
      s.entries.take(state());
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
  void predict(const SkillShare<S>& share, std::span<const Target> targets,
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
  StudentState student_;
  Aligned<S> state_;  // [d], padded
  std::uint64_t stamp_;
};

template <class S>
class EvidenceOnline final : public OnlineModel {
 public:
  EvidenceOnline(const EvidenceModel& model, ParamView theta) : weights_(model, theta) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<EvidenceTracker<S>>(weights_);
  }

 private:
  ServingWeights<S> weights_;
};

}  // namespace

std::unique_ptr<const OnlineModel> make_evidence_online(const EvidenceModel& model,
                                                        ParamView theta) {
  if (model.shape().options.precision == "double")
    return std::make_unique<const EvidenceOnline<double>>(model, theta);
  return std::make_unique<const EvidenceOnline<float>>(model, theta);
}

}  // namespace meno::evidence
