#include "models/logistic/logistic.h"

#include <cstdint>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "models/link.h"
#include "models/logistic/past_counts.h"

namespace meno {
namespace {

/// Rows of features of a window's computed events in compressed form.
struct LogisticWindow final : Encoded {
  std::size_t size() const override { return label.size(); }
  std::size_t scored() const override { return label.size() - from; }
  std::span<const Feature> row(std::size_t t) const {
    return std::span(features).subspan(begin[t], begin[t + 1] - begin[t]);
  }

  std::vector<std::size_t> begin{0};  // [T + 1]
  std::vector<Feature> features;
  std::vector<float> label;  // [T] what the loss is taken against
  std::size_t from = 0;
};

double dot(ParamView theta, std::span<const Feature> row) {
  double sum = 0.0;
  for (const Feature& feature : row) sum += theta[feature.index] * feature.value;
  return sum;
}

void add_scaled(std::span<const Feature> row, double scale, std::span<double> out) {
  for (const Feature& feature : row) out[feature.index] += scale * feature.value;
}

const LogisticWindow& own(const Encoded* window) {
  return static_cast<const LogisticWindow&>(*window);
}

double scored_in(Batch batch) {
  std::size_t scored = 0;
  for (const Encoded* window : batch) scored += window->scored();
  return static_cast<double>(scored);
}

class LogisticTracker final : public Tracker {
 public:
  LogisticTracker(const LogisticLayout& layout, ParamView theta) : theta_(theta), past_(layout) {}

  void observe(const Event& event) override { past_.observe(event); }

  void p_correct(std::span<const Target> targets, std::span<double> p_correct) const override {
    std::vector<Feature> row;
    for (std::size_t k = 0; k < targets.size(); ++k) {
      row.clear();
      past_.features(targets[k].item, targets[k].skills, row);
      p_correct[k] = open_sigmoid(dot(theta_, row));
    }
  }

  std::unique_ptr<Tracker> clone() const override {
    return std::make_unique<LogisticTracker>(*this);
  }
  std::string save() const override { return past_.save(); }
  Result<Done> restore(std::string_view bytes) override { return past_.restore(bytes); }

 private:
  ParamView theta_;
  PastCounts past_;
};

class LogisticOnline final : public OnlineModel {
 public:
  LogisticOnline(const LogisticLayout& layout, ParamView theta)
      : layout_(layout), theta_(theta.begin(), theta.end()) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<LogisticTracker>(layout_, theta_);
  }

 private:
  LogisticLayout layout_;
  Params theta_;
};

class Logistic final : public StudentModel {
 public:
  explicit Logistic(const LogisticLayout& vocabulary) : vocabulary_(vocabulary) {
    // Weights shared by everybody are not shrunk; those of one skill or item are. Not tuned.
    // Counts are all there is before the read-out, so every weight is of the read-out.
    layout_.add({.name = "bias", .shape = {1}, .weight_decay = 0.0, .head = true});
    layout_.add({.name = "total", .shape = {2}, .weight_decay = 0.0, .head = true});
    layout_.add({.name = "item.counts", .shape = {2}, .weight_decay = 0.0, .head = true});
    layout_.add({.name = "skill", .shape = {vocabulary.skills}, .head = true});
    layout_.add({.name = "skill.wins", .shape = {vocabulary.skills}, .head = true});
    layout_.add({.name = "skill.fails", .shape = {vocabulary.skills}, .head = true});
    layout_.add({.name = "item", .shape = {vocabulary.items}, .head = true});
  }

  const ParamLayout& layout() const override { return layout_; }

  std::unique_ptr<const Encoded> encode(const Window& window) const override {
    auto encoded = std::make_unique<LogisticWindow>();
    encoded->from = window.from - window.state_from;
    PastCounts past(vocabulary_);
    for (std::size_t t = 0; t < window.events.size(); ++t) {
      const Event event = window.events[t];
      if (t >= window.state_from) {
        past.features(event.item, event.skills, encoded->features);
        encoded->begin.push_back(encoded->features.size());
        encoded->label.push_back(event.scored_as());
      }
      past.observe(event);
    }
    return encoded;
  }

  void predict(ParamView theta, Batch batch, std::span<double> p_correct) const override {
    std::size_t k = 0;
    for (const Encoded* window : batch) {
      for (std::size_t t = 0; t < window->size(); ++t)
        p_correct[k++] = open_sigmoid(dot(theta, own(window).row(t)));
    }
  }

  double loss(ParamView theta, Batch batch, std::span<double> grad,
              Noise /*noise*/) const override {
    const double share = 1.0 / scored_in(batch);
    double nats = 0.0;
    for (const Encoded* encoded : batch) {
      const LogisticWindow& window = own(encoded);
      for (std::size_t t = window.from; t < window.size(); ++t) {
        const double y = window.label[t];
        const double z = dot(theta, window.row(t));
        nats += surprise(z, y);
        if (!grad.empty()) add_scaled(window.row(t), share * (sigmoid(z) - y), grad);
      }
    }
    return share * nats;
  }

  /// H v = mean of p (1 - p) (x . v) x.
  void hessian_vector(ParamView theta, Batch batch, ParamView v,
                      std::span<double> out) const override {
    const double share = 1.0 / scored_in(batch);
    for (const Encoded* encoded : batch) {
      const LogisticWindow& window = own(encoded);
      for (std::size_t t = window.from; t < window.size(); ++t) {
        const double p = sigmoid(dot(theta, window.row(t)));
        add_scaled(window.row(t), share * p * (1.0 - p) * dot(v, window.row(t)), out);
      }
    }
  }

  std::unique_ptr<const OnlineModel> online(ParamView theta) const override {
    return std::make_unique<LogisticOnline>(vocabulary_, theta);
  }

  Tensors statistics() const override {
    const std::uint32_t sizes[] = {vocabulary_.items, vocabulary_.skills};
    Tensors tensors;
    tensors.emplace("vocabulary", Tensor::of<std::uint32_t>(sizes));
    return tensors;
  }

 private:
  LogisticLayout vocabulary_;
  ParamLayout layout_;
};

Result<std::unique_ptr<const StudentModel>> make_logistic(const Options& options, std::size_t items,
                                                          std::size_t skills) {
  OptionReader reader(options);
  MENO_TRY_DONE(reader.finish("logistic"));
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max() / 8;
  if (items > kMost || skills > kMost) {
    return invalid_input(fmt::format("logistic: {} items and {} skills, expected at most {} each",
                                     items, skills, kMost));
  }
  const LogisticLayout vocabulary{.items = static_cast<std::uint32_t>(items),
                                  .skills = static_cast<std::uint32_t>(skills)};
  return std::unique_ptr<const StudentModel>(std::make_unique<Logistic>(vocabulary));
}

}  // namespace

Result<std::unique_ptr<const StudentModel>> fit_logistic(const Options& options,
                                                         const Cohort& cohort) {
  return make_logistic(options, cohort.items, cohort.skills);
}

Result<std::unique_ptr<const StudentModel>> load_logistic(const Options& options,
                                                          const Tensors& statistics) {
  MENO_TRY(const std::vector<std::uint32_t> sizes,
           tensor_values<std::uint32_t>(statistics, "vocabulary", "statistics of logistic"));
  if (sizes.size() != 2) {
    return invalid_input(
        fmt::format("statistics of logistic: vocabulary has {} entries, expected 2", sizes.size()));
  }
  return make_logistic(options, sizes[0], sizes[1]);
}

}  // namespace meno
