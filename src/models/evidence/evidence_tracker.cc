#include "models/evidence/evidence_tracker.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "models/evidence/arena.h"
#include "models/evidence/state_bytes.h"

namespace meno::evidence {
namespace {

using Eigen::Index;

template <class S>
using Column = Eigen::Matrix<S, Eigen::Dynamic, 1>;

/// The weights as matrices, with everything that depends on a skill alone computed beforehand.
template <class S>
class Weights {
 public:
  Weights(const EvidenceModel& owner, ParamView theta)
      : model(owner), shape(owner.shape()), values(theta.size()) {
    std::transform(theta.begin(), theta.end(), values.begin(),
                   [](double v) { return static_cast<S>(v); });
  }

  Eigen::Map<const Matrix<S>> matrix(std::size_t offset, Index out, Index in) const {
    return {values.data() + offset, out, in};
  }
  Index d() const { return shape.options.width; }
  Index f() const { return static_cast<Index>(shape.features); }
  Index hidden() const { return shape.options.hidden; }
  Index half() const { return shape.options.hidden / 2; }
  bool product() const {
    return shape.options.recurrence && shape.vectors() && shape.options.product;
  }

  /// q of a target. `found` is [d].
  void vector_of(ItemId item, std::span<const SkillId> skills, Column<S>& found) const {
    found.setZero(d());
    if (shape.options.skill_vectors) {
      const S share = S(1) / static_cast<S>(std::max<std::size_t>(1, skills.size()));
      const auto vectors = matrix(shape.skill_vector, d(), static_cast<Index>(shape.skills));
      for (const SkillId skill : skills) {
        if (skill.value < shape.skills)
          found += share * vectors.col(static_cast<Index>(skill.value));
      }
    }
    if (shape.options.item_vectors && item.value < shape.items) {
      const S trust = static_cast<S>(model.trust()[item.value]);
      found += trust * matrix(shape.item_vector, d(), static_cast<Index>(shape.items))
                           .col(static_cast<Index>(item.value));
    }
  }

  const EvidenceModel& model;
  const Shape& shape;
  std::vector<S> values;
};

/// Scratch of one thread.
template <class S>
struct Scratch {
  std::vector<float> x;
  std::vector<Situation> situations;
  std::vector<Keys> keys;
  Matrix<S> evidence, z1, z2;
  Column<S> q, gated, shared, a, gates, state, z;
};

template <class S>
Scratch<S>& scratch() {
  thread_local Scratch<S> mine;
  return mine;
}

template <class S>
class EvidenceTracker final : public Tracker {
 public:
  explicit EvidenceTracker(const Weights<S>& weights)
      : w_(weights), state_(Column<S>::Zero(weights.d())) {}

  void observe(const Event& event) override {
    const Target target{.item = event.item, .skills = event.skills, .at = event.at};
    const Scene scene = scene_of(w_.model.course(), student_, target, kNoFold);
    if (w_.shape.options.recurrence) step(scene, target, event.correct);
    evidence::observe(student_, event, forecast_of(scene.rates));
  }

  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    constexpr std::size_t kBlock = 64;  // keeps a block's matrices in the second-level cache
    for (std::size_t from = 0; from < targets.size(); from += kBlock) {
      const std::size_t n = std::min(kBlock, targets.size() - from);
      predict_block(targets.subspan(from, n), p.subspan(from, n));
    }
  }

  std::unique_ptr<Tracker> clone() const override {
    return std::make_unique<EvidenceTracker>(*this);
  }

  std::string save() const override {
    std::string bytes = to_bytes(student_);
    bytes.append(reinterpret_cast<const char*>(state_.data()),
                 static_cast<std::size_t>(state_.size()) * sizeof(S));
    return bytes;
  }

  Result<Done> restore(std::string_view bytes) override {
    MENO_TRY(StudentState student, take_state(bytes));
    if (bytes.size() != static_cast<std::size_t>(state_.size()) * sizeof(S)) {
      return invalid_input(
          "tracker state: made by a network of another width, expected this model's");
    }
    student_ = std::move(student);
    std::memcpy(state_.data(), bytes.data(), bytes.size());
    return Done{};
  }

 private:
  void fill_evidence(const Scene& scene, std::vector<float>& x) const {
    x.resize(w_.shape.features);
    write_features(student_, scene, x);
    w_.model.scaling().apply(x);
  }

  /// h' = GRU(a, h).
  void step(const Scene& scene, const Target& target, float answer) {
    Scratch<S>& s = scratch<S>();
    fill_evidence(scene, s.x);
    const Shape& shape = w_.shape;
    const Index d = w_.d();
    const S sign = S(2.0F * answer - 1.0F);
    const auto x = Eigen::Map<const Eigen::VectorXf>(s.x.data(), w_.f()).template cast<S>();
    s.z = x;
    s.a.noalias() = w_.matrix(shape.in_x, d, w_.f()) * s.z;
    s.a += sign * w_.matrix(shape.in_answer, d, 1);
    if (shape.vectors()) {
      w_.vector_of(target.item, target.skills, s.q);
      s.q *= sign;
      s.a.noalias() += w_.matrix(shape.in_vector, d, d) * s.q;
    }
    s.a += w_.matrix(shape.in_bias, d, 1);
    s.a = s.a.cwiseMax(S(0));
    s.gates.noalias() = w_.matrix(shape.gru_in, 3 * d, d) * s.a;
    s.gates += w_.matrix(shape.gru_bias, 3 * d, 1);
    s.state.noalias() = w_.matrix(shape.gru_state, 3 * d, d) * state_;
    const auto open =
        ((S(1) + (-(s.gates.head(2 * d) + s.state.head(2 * d)).array()).exp()).inverse()).eval();
    const auto share = (s.state.tail(d) + w_.matrix(shape.gru_state_bias, d, 1)).array();
    const auto fresh = (s.gates.tail(d).array() + open.head(d) * share).tanh().eval();
    state_ = ((S(1) - open.tail(d)) * fresh + open.tail(d) * state_.array()).matrix();
  }

  void predict_block(std::span<const Target> targets, std::span<double> p) const {
    Scratch<S>& s = scratch<S>();
    const Shape& shape = w_.shape;
    const auto n = static_cast<Index>(targets.size());
    s.evidence.resize(w_.f(), n);
    s.z1.resize(w_.hidden(), n);
    prepare(targets, s);
    std::uint64_t last_key = 0;
    for (Index k = 0; k < n; ++k) {
      const Target& target = targets[static_cast<std::size_t>(k)];
      const auto at = static_cast<std::size_t>(k);
      Scene scene = scene_of(w_.model.course(), student_, s.situations[at], s.keys[at], kNoFold);
      scene.at = target.at;
      fill_evidence(scene, s.x);
      s.evidence.col(k) = Eigen::Map<const Eigen::VectorXf>(s.x.data(), w_.f()).template cast<S>();
      const bool same =
          k > 0 && !shape.options.item_vectors && scene.situation.skills_key == last_key;
      if (!same) share_of_skills(target, s);
      last_key = scene.situation.skills_key;
      s.z1.col(k) = s.shared;
    }
    s.z1.noalias() += w_.matrix(shape.out1_x, w_.hidden(), w_.f()) * s.evidence;
    s.z1 = s.z1.cwiseMax(S(0));
    s.z2.noalias() = w_.matrix(shape.out2, w_.half(), w_.hidden()) * s.z1;
    s.z2.colwise() += w_.matrix(shape.out2_bias, w_.half(), 1).col(0);
    s.z2 = s.z2.cwiseMax(S(0));
    s.z.noalias() = s.z2.transpose() * w_.matrix(shape.out3, w_.half(), 1);
    s.z.noalias() += s.evidence.transpose() * w_.matrix(shape.linear, w_.f(), 1);
    for (Index k = 0; k < n; ++k) {
      const double logit = static_cast<double>(s.z[k] + w_.values[shape.bias]);
      p[static_cast<std::size_t>(k)] = 1.0 / (1.0 + std::exp(-std::clamp(logit, -30.0, 30.0)));
    }
  }

  /// Situations and keys of a block, and their statistics on the way from memory.
  void prepare(std::span<const Target> targets, Scratch<S>& s) const {
    s.situations.clear();
    s.keys.clear();
    for (const Target& target : targets) {
      s.situations.push_back(situation_of(student_, target.item, target.skills));
      s.keys.push_back(keys_of(student_, s.situations.back()));
      w_.model.course().prefetch(s.keys.back());
    }
  }

  /// The first layer's input that depends on the student's state and the target's skills, not on
  /// its evidence.
  void share_of_skills(const Target& target, Scratch<S>& s) const {
    const Shape& shape = w_.shape;
    s.shared = w_.matrix(shape.out1_bias, w_.hidden(), 1);
    if (shape.options.recurrence)
      s.shared.noalias() += w_.matrix(shape.out1_state, w_.hidden(), w_.d()) * state_;
    if (!shape.vectors()) return;
    w_.vector_of(target.item, target.skills, s.q);
    s.shared.noalias() += w_.matrix(shape.out1_vector, w_.hidden(), w_.d()) * s.q;
    if (!w_.product()) return;
    s.gated.noalias() = w_.matrix(shape.gate, w_.d(), w_.d()) * s.q;
    s.gated += w_.matrix(shape.gate_bias, w_.d(), 1);
    s.gated.array() *= state_.array();
    s.shared.noalias() += w_.matrix(shape.out1_product, w_.hidden(), w_.d()) * s.gated;
  }

  const Weights<S>& w_;
  StudentState student_;
  Column<S> state_;
};

template <class S>
class EvidenceOnline final : public OnlineModel {
 public:
  EvidenceOnline(const EvidenceModel& model, ParamView theta) : weights_(model, theta) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<EvidenceTracker<S>>(weights_);
  }

 private:
  Weights<S> weights_;
};

}  // namespace

std::unique_ptr<const OnlineModel> make_evidence_online(const EvidenceModel& model,
                                                        ParamView theta) {
  if (model.shape().options.precision == "double")
    return std::make_unique<const EvidenceOnline<double>>(model, theta);
  return std::make_unique<const EvidenceOnline<float>>(model, theta);
}

}  // namespace meno::evidence
