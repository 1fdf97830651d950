#include "models/bkt/bkt.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/flat_map.h"
#include "models/bkt/knowledge.h"
#include "models/bytes.h"
#include "models/dual.h"

namespace meno {
namespace {

enum class Combine { Mean, Product };

/// Answers as rows of slots: the distinct skills of the window, each with a state of its own.
struct BktWindow final : Encoded {
  std::size_t size() const override { return correct.size(); }
  std::size_t scored() const override { return correct.size() - from; }
  std::span<const std::uint32_t> slots(std::size_t t) const {
    return std::span(slot).subspan(begin[t], begin[t + 1] - begin[t]);
  }

  std::vector<std::uint32_t>
      skill;  // [slots] row of theta's skill block; `skills` is the unknown skill
  std::vector<std::size_t> begin{0};  // [T + 1]
  std::vector<std::uint32_t> slot;
  std::vector<float> correct;  // [T] what is observed
  std::vector<float> label;    // [T] what the loss is taken against
  std::size_t from = 0;
};

const BktWindow& own(const Encoded* window) { return static_cast<const BktWindow&>(*window); }

double scored_in(Batch batch) {
  std::size_t scored = 0;
  for (const Encoded* window : batch) scored += window->scored();
  return static_cast<double>(scored);
}

/// Rows of the skill block that an answer draws on.
void skill_rows(std::span<const SkillId> skills, std::uint32_t known,
                std::vector<std::uint32_t>& rows) {
  rows.clear();
  for (const SkillId skill : skills) {
    if (skill.value < known) rows.push_back(skill.value);
  }
  if (rows.empty()) rows.push_back(known);
}

/// theta's entry: a number, or a number with its movement along a direction.
struct Plain {
  ParamView theta;
  double operator()(std::size_t i) const { return theta[i]; }
};
struct Moving {
  ParamView theta;
  ParamView v;
  Dual operator()(std::size_t i) const { return {theta[i], v[i]}; }
};

/// Unconstrained parameters of a skill row: shared, plus its own deviation unless unknown. theta is
/// [4 + 4 skills].
template <class T, class Theta>
BktRates<T> rates_of(const Theta& theta, std::uint32_t row, std::uint32_t skills) {
  std::array<T, kBktParameters> a;
  for (std::size_t j = 0; j < kBktParameters; ++j) {
    a[j] = theta(j);
    if (row < skills) a[j] = a[j] + theta(kBktParameters * (1 + std::size_t{row}) + j);
  }
  return BktRates<T>::of(a);
}

template <class T>
T combined(std::span<const T> p, Combine how) {
  T result = how == Combine::Mean ? T(0.0) : T(1.0);
  for (const T& one : p) result = how == Combine::Mean ? result + one : result * one;
  return how == Combine::Mean ? result / T(static_cast<double>(p.size())) : result;
}

/// One window's forward pass: a state per slot, answer by answer.
template <class T>
class Pass {
 public:
  template <class Theta>
  Pass(const BktWindow& window, const Theta& theta, std::uint32_t skills, Combine how)
      : window_(window), skills_(skills), how_(how) {
    for (const std::uint32_t row : window.skill) {
      rates_.push_back(rates_of<T>(theta, row, skills));
      states_.push_back(Knowledge<T>::before(rates_.back()));
    }
  }

  /// P(a right answer at t), after observing all before.
  T p_correct(std::size_t t) {
    p_.clear();
    for (const std::uint32_t slot : window_.slots(t))
      p_.push_back(states_[slot].p_correct(rates_[slot]));
    return combined<T>(p_, how_);
  }

  /// Adds `scale` x gradient of p_correct(t) = p, just asked for; add(index in theta, amount).
  template <class Add>
  void add_gradient(std::size_t t, T p, T scale, const Add& add) const {
    const std::span<const std::uint32_t> slots = window_.slots(t);
    for (std::size_t k = 0; k < slots.size(); ++k) {
      const std::uint32_t slot = slots[k];
      const T by_part =
          how_ == Combine::Mean ? T(1.0 / static_cast<double>(slots.size())) : p / p_[k];
      const auto g = states_[slot].p_gradient(rates_[slot]);
      const std::uint32_t row = window_.skill[slot];
      for (std::size_t j = 0; j < kBktParameters; ++j) {
        const T amount = scale * by_part * g[j];
        add(j, amount);
        if (row < skills_) add(kBktParameters * (1 + std::size_t{row}) + j, amount);
      }
    }
  }

  void observe(std::size_t t) {
    for (const std::uint32_t slot : window_.slots(t))
      states_[slot].observe(window_.correct[t], rates_[slot]);
  }

 private:
  const BktWindow& window_;
  std::uint32_t skills_;
  Combine how_;
  std::vector<BktRates<T>> rates_;
  std::vector<Knowledge<T>> states_;
  std::vector<T> p_;
};

class BktTracker final : public Tracker {
 public:
  BktTracker(ParamView theta, std::uint32_t skills, Combine how)
      : theta_(theta), skills_(skills), how_(how) {}

  void observe(const Event& event) override {
    skill_rows(event.skills, skills_, rows_);
    for (const std::uint32_t row : rows_) {
      const BktRates<double> rates = rates_of<double>(Plain{theta_}, row, skills_);
      Knowledge<double> state = Knowledge<double>::before(rates);
      if (const double* known = known_.find(row)) state.known = *known;
      state.observe(event.correct, rates);
      known_[row] = state.known;
    }
  }

  void p_correct(std::span<const Target> targets, std::span<double> p_correct) const override {
    std::vector<std::uint32_t> rows;
    std::vector<double> p;
    for (std::size_t k = 0; k < targets.size(); ++k) {
      skill_rows(targets[k].skills, skills_, rows);
      p.clear();
      for (const std::uint32_t row : rows) {
        const BktRates<double> rates = rates_of<double>(Plain{theta_}, row, skills_);
        Knowledge<double> state = Knowledge<double>::before(rates);
        if (const double* known = known_.find(row)) state.known = *known;
        p.push_back(state.p_correct(rates));
      }
      p_correct[k] = combined<double>(p, how_);
    }
  }

  std::unique_ptr<Tracker> clone() const override { return std::make_unique<BktTracker>(*this); }

  std::string save() const override {
    std::vector<std::pair<std::uint32_t, double>> entries;
    known_.for_each([&](std::uint32_t row, double known) { entries.emplace_back(row, known); });
    std::sort(entries.begin(), entries.end());
    std::string bytes;
    for (const auto& [row, known] : entries) {
      append_bytes(bytes, row);
      append_bytes(bytes, known);
    }
    return bytes;
  }

  Result<Done> restore(std::string_view bytes) override {
    const std::size_t size = bytes.size();
    FlatMap<std::uint32_t, double> read;
    while (!bytes.empty()) {
      std::uint32_t row = 0;
      double known = 0.0;
      if (!take_bytes(bytes, row) || !take_bytes(bytes, known) || !(known >= 0.0 && known <= 1.0)) {
        return invalid_input(
            fmt::format("a student state of {} bytes, expected one that bkt saved", size));
      }
      read[row] = known;
    }
    known_ = std::move(read);
    return Done{};
  }

 private:
  ParamView theta_;
  std::uint32_t skills_;
  Combine how_;
  FlatMap<std::uint32_t, double> known_;  // by row; absent = not met yet
  std::vector<std::uint32_t> rows_;
};

class BktOnline final : public OnlineModel {
 public:
  BktOnline(ParamView theta, std::uint32_t skills, Combine how)
      : theta_(theta.begin(), theta.end()), skills_(skills), how_(how) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<BktTracker>(theta_, skills_, how_);
  }

 private:
  Params theta_;
  std::uint32_t skills_;
  Combine how_;
};

/// Unconstrained start values: about .4 known, .1 learnt a time, .1 slip, .25 guess. Plausible, not
/// tuned.
constexpr std::array<double, kBktParameters> kStart{-0.405, -2.2, -1.4, 0.0};

class Bkt final : public StudentModel {
 public:
  Bkt(std::uint32_t skills, Combine how) : skills_(skills), how_(how) {
    constexpr const char* kNames[] = {"shared.initial", "shared.learn", "shared.slip",
                                      "shared.guess"};
    for (std::size_t j = 0; j < kBktParameters; ++j) {
      layout_.add({.name = kNames[j],
                   .shape = {1},
                   .start = ParamBlock::Start::Constant,
                   .scale = kStart[j],
                   .weight_decay = 0.0,
                   .head = j >= 2});  // slip and guess read the answer off what is known
    }
    layout_.add({.name = "skill", .shape = {skills, kBktParameters}});
  }

  const ParamLayout& layout() const override { return layout_; }

  std::unique_ptr<const Encoded> encode(const Window& window) const override {
    auto encoded = std::make_unique<BktWindow>();
    encoded->from = window.from - window.state_from;
    FlatMap<std::uint32_t, std::uint32_t> slot_of;  // slot + 1
    std::vector<std::uint32_t> rows;
    for (std::size_t t = window.state_from; t < window.events.size(); ++t) {
      const Event event = window.events[t];
      skill_rows(event.skills, skills_, rows);
      for (const std::uint32_t row : rows) {
        std::uint32_t& slot = slot_of[row];
        if (slot == 0) {
          encoded->skill.push_back(row);
          slot = static_cast<std::uint32_t>(encoded->skill.size());
        }
        encoded->slot.push_back(slot - 1);
      }
      encoded->begin.push_back(encoded->slot.size());
      encoded->correct.push_back(event.correct);
      encoded->label.push_back(event.scored_as());
    }
    return encoded;
  }

  void predict(ParamView theta, Batch batch, std::span<double> p_correct) const override {
    std::size_t k = 0;
    for (const Encoded* encoded : batch) {
      const BktWindow& window = own(encoded);
      Pass<double> pass(window, Plain{theta}, skills_, how_);
      for (std::size_t t = 0; t < window.size(); ++t) {
        p_correct[k++] = pass.p_correct(t);
        pass.observe(t);
      }
    }
  }

  double loss(ParamView theta, Batch batch, std::span<double> grad,
              Noise /*noise*/) const override {
    const double share = 1.0 / scored_in(batch);
    double nats = 0.0;
    for (const Encoded* encoded : batch) {
      const BktWindow& window = own(encoded);
      Pass<double> pass(window, Plain{theta}, skills_, how_);
      for (std::size_t t = 0; t < window.size(); ++t) {
        if (t >= window.from) nats += surprise_at(pass, t, window.label[t], share, grad);
        pass.observe(t);
      }
    }
    return share * nats;
  }

  void hessian_vector(ParamView theta, Batch batch, ParamView v,
                      std::span<double> out) const override {
    const Dual share = 1.0 / scored_in(batch);
    const auto add = [&](std::size_t i, Dual amount) { out[i] += amount.along; };
    for (const Encoded* encoded : batch) {
      const BktWindow& window = own(encoded);
      Pass<Dual> pass(window, Moving{theta, v}, skills_, how_);
      for (std::size_t t = 0; t < window.size(); ++t) {
        if (t >= window.from) {
          const Dual p = pass.p_correct(t);
          pass.add_gradient(t, p, share * by_p(p, Dual(window.label[t])), add);
        }
        pass.observe(t);
      }
    }
  }

  std::unique_ptr<const OnlineModel> online(ParamView theta) const override {
    return std::make_unique<BktOnline>(theta, skills_, how_);
  }

  Tensors statistics() const override {
    const std::uint32_t sizes[] = {skills_};
    Tensors tensors;
    tensors.emplace("vocabulary", Tensor::of<std::uint32_t>(sizes));
    return tensors;
  }

 private:
  /// d(-log likelihood of answer y)/dp.
  template <class T>
  static T by_p(T p, T y) {
    return (p - y) / (p * (T(1.0) - p));
  }

  /// Nats of answer y at t; adds `share` x its gradient to `grad` unless that is empty.
  static double surprise_at(Pass<double>& pass, std::size_t t, double y, double share,
                            std::span<double> grad) {
    const double p = pass.p_correct(t);
    if (!grad.empty()) {
      pass.add_gradient(t, p, share * by_p(p, y),
                        [&](std::size_t i, double amount) { grad[i] += amount; });
    }
    return -y * std::log(p) - (1.0 - y) * std::log1p(-p);
  }

  std::uint32_t skills_;
  Combine how_;
  ParamLayout layout_;
};

Result<std::unique_ptr<const StudentModel>> make_bkt(const Options& options, std::size_t skills) {
  std::string combine = "mean";
  OptionReader reader(options);
  reader.read("combine", combine);
  MENO_TRY_DONE(reader.finish("bkt"));
  if (combine != "mean" && combine != "product") {
    return invalid_input(fmt::format("bkt: combine is \"{}\", expected mean or product", combine));
  }
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max() / 8;
  if (skills > kMost)
    return invalid_input(fmt::format("bkt: {} skills, expected at most {}", skills, kMost));
  return std::unique_ptr<const StudentModel>(std::make_unique<Bkt>(
      static_cast<std::uint32_t>(skills), combine == "mean" ? Combine::Mean : Combine::Product));
}

}  // namespace

Result<std::unique_ptr<const StudentModel>> fit_bkt(const Options& options, const Cohort& cohort) {
  return make_bkt(options, cohort.skills);
}

Result<std::unique_ptr<const StudentModel>> load_bkt(const Options& options,
                                                     const Tensors& statistics) {
  MENO_TRY(const std::vector<std::uint32_t> sizes,
           tensor_values<std::uint32_t>(statistics, "vocabulary", "statistics of bkt"));
  if (sizes.size() != 1) {
    return invalid_input(
        fmt::format("statistics of bkt: vocabulary has {} entries, expected 1", sizes.size()));
  }
  return make_bkt(options, sizes[0]);
}

}  // namespace meno
