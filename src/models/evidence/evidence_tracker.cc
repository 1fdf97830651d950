#include "models/evidence/evidence_tracker.h"

#include <atomic>
#include <cstring>

#include "models/attribution.h"
#include "models/evidence/attribution.h"
#include "models/evidence/predictor.h"
#include "models/evidence/state_bytes.h"

namespace meno::evidence {
namespace {

template <class S>
using Values = Eigen::Map<Eigen::Array<S, Eigen::Dynamic, 1>>;
template <class S>
using ConstValues = Eigen::Map<const Eigen::Array<S, Eigen::Dynamic, 1>>;

std::uint64_t fresh_stamp() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

/// Scratch of one thread.
template <class S>
struct StepScratch {
  std::vector<float> x;
  Aligned<S> scaled, a, gates, state;
  VectorShares<S> vector;
  Entries<S> entries;
};

template <class S>
StepScratch<S>& scratch() {
  thread_local StepScratch<S> mine;
  return mine;
}

template <class S>
class EvidenceTracker final : public Tracker, public FeatureAttribution {
 public:
  explicit EvidenceTracker(const ServingWeights<S>& weights) : w_(weights) {
    served_.state.assign(padded<S>(weights.d()), S(0));
    served_.stamp = fresh_stamp();
  }

  void observe(const Event& event) override {
    const CourseStatistics& course = w_.model().course();
    StudentState& student = served_.student;
    Scene scene;
    scene.at = event.at;
    scene.situation = situation_of(student, event.item, event.skills);
    const Keys keys = keys_of(student, scene.situation);
    course.prefetch_item(keys);
    course.prefetch_skill(keys);
    if (w_.shape().options.recurrence) begin_step();  // while memory brings the look-ups
    course.look_up(keys, kNoFold, scene.lookups);
    scene.rates = rates_of(student, scene.situation, scene.lookups);
    if (w_.shape().options.recurrence) step(scene, event);
    evidence::observe(student, event, forecast_of(scene.rates));
    served_.stamp = fresh_stamp();
  }

  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    predict(w_, served_, targets, p);
  }

  std::span<const std::string_view> pieces() const override { return kPieces; }
  void attribute(const Target& target, std::span<double> by_piece) const override {
    evidence::attribute(w_, served_, target, by_piece);
  }

  std::unique_ptr<Tracker> clone() const override {
    return std::make_unique<EvidenceTracker>(*this);
  }

  std::string save() const override {
    std::string bytes = to_bytes(served_.student);
    bytes.append(reinterpret_cast<const char*>(served_.state.data()), w_.d() * sizeof(S));
    return bytes;
  }

  Result<Done> restore(std::string_view bytes) override {
    MENO_TRY(StudentState student, take_state(bytes));
    if (bytes.size() != w_.d() * sizeof(S)) {
      return invalid_input(
          "tracker state: made by a network of another width, expected this model's");
    }
    served_.student = std::move(student);
    std::memcpy(served_.state.data(), bytes.data(), bytes.size());
    served_.stamp = fresh_stamp();
    return Done{};
  }

 private:
  /// What the state says to the gates: the half of a step that needs no evidence.
  void begin_step() {
    StepScratch<S>& s = scratch<S>();
    s.entries.take({served_.state.data(), w_.d()});
    s.state.assign(w_.gru_state.width(), S(0));
    w_.gru_state.add(s.entries, s.state.data());
  }

  /// h' = GRU(a, h), after begin_step(). Source: Cho et al. 2014, with the reset gate after the
  /// product.
  void step(const Scene& scene, const Event& event) {
    StepScratch<S>& s = scratch<S>();
    const auto d = static_cast<Eigen::Index>(w_.d());
    const S sign = S(2.0F * event.correct - 1.0F);
    s.x.resize(w_.shape().features);
    write_features(served_.student, scene, s.x);
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
    Values<S> h(served_.state.data(), d);
    const auto open = (S(1) + (-(in.head(2 * d) + from.head(2 * d))).exp()).inverse().eval();
    const auto share = from.tail(d) + ConstValues<S>(w_.gru_state_bias.data(), d);
    const auto fresh = (in.tail(d) + open.head(d) * share).tanh().eval();
    h = (S(1) - open.tail(d)) * fresh + open.tail(d) * h;
  }

  const ServingWeights<S>& w_;
  ServedStudent<S> served_;
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
