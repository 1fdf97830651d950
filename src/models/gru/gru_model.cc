#include "models/gru/gru_model.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "models/evidence/network_step.h"

namespace meno {
namespace {

template <class S>
class GruTracker final : public Tracker {
 public:
  explicit GruTracker(const evidence::NetworkStep<S>& network)
      : network_(network), state_(network.start()) {}

  void observe(const Event& event) override {
    network_.advance({}, {.item = event.item, .skills = event.skills, .at = event.at},
                     event.correct, state_);
  }

  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    constexpr std::size_t kBlock = 64;  // keeps a block's matrices in the second-level cache
    thread_local evidence::Matrix<S> z1;
    thread_local evidence::Column<S> shared;
    for (std::size_t from = 0; from < targets.size(); from += kBlock) {
      const std::size_t n = std::min(kBlock, targets.size() - from);
      z1.resize(network_.shape().options.hidden, static_cast<Eigen::Index>(n));
      for (std::size_t k = 0; k < n; ++k) {
        network_.share_of_ids(targets[from + k], state_, shared);
        z1.col(static_cast<Eigen::Index>(k)) = shared;
      }
      network_.read_out(evidence::Matrix<S>(0, z1.cols()), z1, p.subspan(from, n));
    }
  }

  std::unique_ptr<Tracker> clone() const override { return std::make_unique<GruTracker>(*this); }

  std::string save() const override {
    return {reinterpret_cast<const char*>(state_.data()), bytes()};
  }

  Result<Done> restore(std::string_view saved) override {
    if (saved.size() != bytes()) {
      return invalid_input("tracker state: of another size, expected this model's");
    }
    std::memcpy(state_.data(), saved.data(), saved.size());
    return Done{};
  }

 private:
  std::size_t bytes() const { return static_cast<std::size_t>(state_.size()) * sizeof(S); }

  const evidence::NetworkStep<S>& network_;
  evidence::Column<S> state_;
};

template <class S>
class GruOnline final : public OnlineModel {
 public:
  GruOnline(const GruModel& model, ParamView theta) : network_(model, theta) {}
  std::unique_ptr<Tracker> new_student() const override {
    return std::make_unique<GruTracker<S>>(network_);
  }

 private:
  evidence::NetworkStep<S> network_;
};

}  // namespace

GruModel::GruModel(evidence::Shape shape, std::vector<float> trust)
    : NetworkModel(std::move(shape), std::move(trust)) {}

std::unique_ptr<const Encoded> GruModel::encode(const Window& window) const {
  auto encoded = std::make_unique<evidence::EncodedWindow>();
  encoded->skill_begin.push_back(0);
  encoded->scored_events = window.scored();
  for (std::size_t t = window.state_from; t < window.events.size(); ++t) {
    evidence::add_ids(window.events[t], *encoded);
  }
  return encoded;
}

std::unique_ptr<const OnlineModel> GruModel::online(ParamView theta) const {
  if (shape().options.precision == "double")
    return std::make_unique<const GruOnline<double>>(*this, theta);
  return std::make_unique<const GruOnline<float>>(*this, theta);
}

Tensors GruModel::statistics() const {
  Tensors tensors;
  tensors.emplace("trust", Tensor::of<float>(trust()));
  const std::uint32_t sizes[] = {static_cast<std::uint32_t>(shape().skills),
                                 static_cast<std::uint32_t>(shape().items)};
  tensors.emplace("sizes", Tensor::of<std::uint32_t>(sizes));
  return tensors;
}

}  // namespace meno
