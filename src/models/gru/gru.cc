#include "models/gru/gru.h"

#include <fmt/format.h>

#include "models/gru/gru_model.h"

namespace meno {
namespace {

using evidence::EvidenceOptions;

constexpr const char* kWhere = "gru statistics";

Result<EvidenceOptions> read_gru_options(const Options& options) {
  // Dropout and epochs (registry) by validation on ASSIST2009 in Gervet et al.'s split.
  EvidenceOptions read{.product = false, .vector_dropout = 0.2, .hidden_dropout = 0.2};
  OptionReader reader(options);
  reader.read("width", read.width);
  reader.read("hidden", read.hidden);
  reader.read("item_vectors", read.item_vectors);
  reader.read("vector_dropout", read.vector_dropout);
  reader.read("item_dropout", read.item_dropout);
  reader.read("hidden_dropout", read.hidden_dropout);
  reader.read("precision", read.precision);
  MENO_TRY_DONE(reader.finish("gru"));
  MENO_TRY_DONE(check_evidence_options(read, "gru"));
  return read;
}

}  // namespace

Result<std::unique_ptr<const StudentModel>> fit_gru(const Options& options, const Cohort& cohort) {
  MENO_TRY(const EvidenceOptions chosen, read_gru_options(options));
  std::vector<float> trust;
  if (chosen.item_vectors) trust = evidence::trust_of(cohort);
  return std::unique_ptr<const StudentModel>(std::make_unique<const GruModel>(
      evidence::Shape(chosen, 0, cohort.skills, cohort.items), std::move(trust)));
}

Result<std::unique_ptr<const StudentModel>> load_gru(const Options& options,
                                                     const Tensors& tensors) {
  MENO_TRY(const EvidenceOptions chosen, read_gru_options(options));
  MENO_TRY(const auto sizes, tensor_values<std::uint32_t>(tensors, "sizes", kWhere));
  MENO_TRY(auto trust, tensor_values<float>(tensors, "trust", kWhere));
  if (sizes.size() != 2) {
    return invalid_input(
        fmt::format("{}: {} sizes, expected 2: skills and items", kWhere, sizes.size()));
  }
  if (chosen.item_vectors && trust.size() != sizes[1]) {
    return invalid_input(
        fmt::format("{}: {} trusts of items, expected {}", kWhere, trust.size(), sizes[1]));
  }
  return std::unique_ptr<const StudentModel>(std::make_unique<const GruModel>(
      evidence::Shape(chosen, 0, sizes[0], sizes[1]), std::move(trust)));
}

}  // namespace meno
