#include "models/evidence/evidence_tracker.h"

#include <algorithm>
#include <cstring>

#include "models/evidence/network_step.h"
#include "models/evidence/state_bytes.h"

namespace meno::evidence {
namespace {

using Eigen::Index;

/// Scratch of one thread.
template <class S>
struct Scratch {
  std::vector<float> x;
  std::vector<Situation> situations;
  std::vector<Keys> keys;
  Matrix<S> evidence, z1;
  Column<S> shared;
};

template <class S>
Scratch<S>& scratch() {
  thread_local Scratch<S> mine;
  return mine;
}

template <class S>
class EvidenceTracker final : public Tracker {
 public:
  EvidenceTracker(const EvidenceModel& model, const NetworkStep<S>& network)
      : model_(model), network_(network), state_(network.start()) {}

  void observe(const Event& event) override {
    const Target target{.item = event.item, .skills = event.skills, .at = event.at};
    const Scene scene = scene_of(model_.course(), student_, target, kNoFold);
    if (network_.shape().options.recurrence) {
      std::vector<float>& x = scratch<S>().x;
      fill_evidence(scene, x);
      network_.advance(x, target, event.correct, state_);
    }
    evidence::observe(student_, event, forecast_of(scene.rates));
  }

  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    constexpr std::size_t kBlock = 64;  // keeps a block's matrices in the second-level cache
    for (std::size_t from = 0; from < targets.size(); from += kBlock) {
      const std::size_t n = std::min(kBlock, targets.size() - from);
      predict_block(targets.subspan(from, n), p.subspan(from, n));
    }
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
    x.resize(network_.shape().features);
    write_features(student_, scene, x);
    model_.scaling().apply(x);
  }

  void predict_block(std::span<const Target> targets, std::span<double> p) const {
    Scratch<S>& s = scratch<S>();
    const Shape& shape = network_.shape();
    const auto n = static_cast<Index>(targets.size());
    const auto features = static_cast<Index>(shape.features);
    s.evidence.resize(features, n);
    s.z1.resize(shape.options.hidden, n);
    prepare(targets, s);
    std::uint64_t last_key = 0;
    for (Index k = 0; k < n; ++k) {
      const Target& target = targets[static_cast<std::size_t>(k)];
      const auto at = static_cast<std::size_t>(k);
      Scene scene = scene_of(model_.course(), student_, s.situations[at], s.keys[at], kNoFold);
      scene.at = target.at;
      fill_evidence(scene, s.x);
      s.evidence.col(k) =
          Eigen::Map<const Eigen::VectorXf>(s.x.data(), features).template cast<S>();
      const bool same =
          k > 0 && !shape.options.item_vectors && scene.situation.skills_key == last_key;
      if (!same) network_.share_of_ids(target, state_, s.shared);
      last_key = scene.situation.skills_key;
      s.z1.col(k) = s.shared;
    }
    network_.read_out(s.evidence, s.z1, p);
  }

  /// Situations and keys of a block, and their statistics on the way from memory.
  void prepare(std::span<const Target> targets, Scratch<S>& s) const {
    s.situations.clear();
    s.keys.clear();
    for (const Target& target : targets) {
      s.situations.push_back(situation_of(student_, target.item, target.skills));
      s.keys.push_back(keys_of(student_, s.situations.back()));
      model_.course().prefetch(s.keys.back());
    }
  }

  const EvidenceModel& model_;
  const NetworkStep<S>& network_;
  StudentState student_;
  Column<S> state_;
};

template <class S>
class EvidenceOnline final : public OnlineModel {
 public:
  EvidenceOnline(const EvidenceModel& model, ParamView theta)
      : model_(model), network_(model, theta) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<EvidenceTracker<S>>(model_, network_);
  }

 private:
  const EvidenceModel& model_;
  NetworkStep<S> network_;
};

}  // namespace

std::unique_ptr<const OnlineModel> make_evidence_online(const EvidenceModel& model,
                                                        ParamView theta) {
  if (model.shape().options.precision == "double")
    return std::make_unique<const EvidenceOnline<double>>(model, theta);
  return std::make_unique<const EvidenceOnline<float>>(model, theta);
}

}  // namespace meno::evidence
