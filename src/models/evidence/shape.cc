#include "models/evidence/shape.h"

#include <cmath>

#include <fmt/format.h>

namespace meno::evidence {
namespace {

using Start = ParamBlock::Start;

/// A weight matrix with the usual start: uniform in +-1/sqrt(fan in).
std::size_t matrix(ParamLayout& layout, const char* name, std::size_t in, std::size_t out,
                   std::size_t fan_in) {
  return layout.add({.name = name,
                     .shape = {in, out},
                     .start = Start::Uniform,
                     .scale = 1.0 / std::sqrt(static_cast<double>(fan_in))});
}

std::size_t vector(ParamLayout& layout, const char* name, std::size_t size, std::size_t fan_in,
                   bool head = false) {
  return layout.add({.name = name,
                     .shape = {size},
                     .start = Start::Uniform,
                     .scale = 1.0 / std::sqrt(static_cast<double>(fan_in)),
                     .head = head});
}

Result<Done> check_adversarial(const EvidenceOptions& read) {
  if (read.adversarial != "none" && read.adversarial != "fgsm" && read.adversarial != "pgd") {
    return invalid_input(
        fmt::format("evidence: adversarial \"{}\", expected none, fgsm or pgd", read.adversarial));
  }
  if (!(read.adversarial_radius >= 0.0 && read.adversarial_radius <= 6.0) ||
      read.adversarial_steps < 1 || read.adversarial_steps > 100 ||
      !(read.adversarial_share >= 0.0 && read.adversarial_share <= 1.0)) {
    return invalid_input(
        fmt::format("evidence: adversarial_radius {}, adversarial_steps {} and adversarial_share "
                    "{}, expected 0 to 6, 1 to 100 and 0 to 1",
                    read.adversarial_radius, read.adversarial_steps, read.adversarial_share));
  }
  return Done{};
}

}  // namespace

Result<EvidenceOptions> read_evidence_options(const Options& options) {
  EvidenceOptions read;
  OptionReader reader(options);
  reader.read("width", read.width);
  reader.read("hidden", read.hidden);
  reader.read("recurrence", read.recurrence);
  reader.read("skill_vectors", read.skill_vectors);
  reader.read("item_vectors", read.item_vectors);
  reader.read("product", read.product);
  reader.read("vector_dropout", read.vector_dropout);
  reader.read("item_dropout", read.item_dropout);
  reader.read("hidden_dropout", read.hidden_dropout);
  reader.read("adversarial", read.adversarial);
  reader.read("adversarial_radius", read.adversarial_radius);
  reader.read("adversarial_steps", read.adversarial_steps);
  reader.read("adversarial_share", read.adversarial_share);
  reader.read("precision", read.precision);
  MENO_TRY_DONE(reader.finish("evidence"));
  MENO_TRY_DONE(check_evidence_options(read, "evidence"));
  return read;
}

Result<Done> check_evidence_options(const EvidenceOptions& read, std::string_view owner) {
  if (read.width < 1 || read.width > 4096 || read.hidden < 2 || read.hidden > 4096) {
    return invalid_input(fmt::format("{}: width {} and hidden {}, expected 1 to 4096 and 2 to 4096",
                                     owner, read.width, read.hidden));
  }
  for (const double dropout : {read.vector_dropout, read.item_dropout, read.hidden_dropout}) {
    if (!(dropout >= 0.0 && dropout < 1.0)) {
      return invalid_input(
          fmt::format("{}: dropout {}, expected at least 0 and below 1", owner, dropout));
    }
  }
  MENO_TRY_DONE(check_adversarial(read));
  if (read.precision != "float" && read.precision != "double") {
    return invalid_input(
        fmt::format("{}: precision \"{}\", expected float or double", owner, read.precision));
  }
  return Done{};
}

Shape::Shape(const EvidenceOptions& chosen, std::size_t features_in, std::size_t skills_in,
             std::size_t items_in)
    : options(chosen), features(features_in), skills(skills_in), items(items_in) {
  const auto d = static_cast<std::size_t>(options.width);
  if (options.skill_vectors) {
    skill_vector = layout.add({.name = "skill_vector",
                               .shape = {skills, d},
                               .start = Start::Normal,
                               .scale = skills < 500 ? .1 : .03});
  }
  if (options.item_vectors) {
    item_vector = layout.add({.name = "item_vector",
                              .shape = {items, d},
                              .start = Start::Normal,
                              .scale = .01,
                              .rate_scale = .3,
                              .weight_decay = 500.0});
  }
  const std::size_t q = vectors() ? d : 0;
  if (options.recurrence) {
    const std::size_t fan_in = features + 1 + q;
    if (features > 0) in_x = matrix(layout, "input.evidence", features, d, fan_in);
    in_answer = vector(layout, "input.answer", d, fan_in);
    if (vectors()) in_vector = matrix(layout, "input.vector", d, d, fan_in);
    in_bias = vector(layout, "input.bias", d, fan_in);
    gru_in = matrix(layout, "gru.input", d, 3 * d, d);
    gru_bias = vector(layout, "gru.bias", 3 * d, d);
    gru_state = matrix(layout, "gru.state", d, 3 * d, d);
    gru_state_bias = vector(layout, "gru.state_bias", d, d);
    if (vectors() && options.product) {
      gate = matrix(layout, "gate", d, d, d);
      gate_bias = vector(layout, "gate.bias", d, d);
    }
  }
  add_readout();
}

void Shape::add_readout() {
  const auto d = static_cast<std::size_t>(options.width);
  const auto hidden = static_cast<std::size_t>(options.hidden);
  const std::size_t half = hidden / 2;
  const std::size_t q = vectors() ? d : 0;
  const std::size_t state = options.recurrence ? d : 0;
  const bool product = options.recurrence && vectors() && options.product;
  const std::size_t fan_in = features + q + state + (product ? d : 0);
  if (features > 0) out1_x = matrix(layout, "out1.evidence", features, hidden, fan_in);
  if (vectors()) out1_vector = matrix(layout, "out1.vector", d, hidden, fan_in);
  if (options.recurrence) out1_state = matrix(layout, "out1.state", d, hidden, fan_in);
  if (product) out1_product = matrix(layout, "out1.product", d, hidden, fan_in);
  out1_bias = vector(layout, "out1.bias", hidden, fan_in);
  out2 = matrix(layout, "out2", hidden, half, hidden);
  out2_bias = vector(layout, "out2.bias", half, hidden);
  out3 = vector(layout, "out3", half, half, true);
  if (features > 0) linear = layout.add({.name = "linear", .shape = {features}, .head = true});
  bias = layout.add({.name = "bias", .shape = {1}, .head = true});
}

}  // namespace meno::evidence
