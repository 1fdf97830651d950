// To add a model: write models/<name>/, add its row, run the contract tests.
#include "models/registry.h"

#include <array>
#include <string>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::array<ModelEntry, 0> kModels{};

}  // namespace

std::span<const ModelEntry> model_registry() { return kModels; }

Result<const ModelEntry*> find_model(std::string_view name) {
  std::string known;
  for (const ModelEntry& entry : kModels) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("model \"{}\", expected one of: {}", name, known));
}

}  // namespace meno
