// To add a forgetting model: write it beside its like, add its row, run contract_test.cc.
#include "tutor/review/models.h"

#include <array>
#include <string>

#include <fmt/format.h>

namespace meno {

std::span<const ForgettingEntry> forgetting_registry() {
  static const std::array models{curve_entry(),   dsr_entry(), half_life_entry(), rule_entry(),
                                 leitner_entry(), sm2_entry(), average_entry()};
  return models;
}

Result<const ForgettingEntry*> find_forgetting(std::string_view name) {
  std::string known;
  for (const ForgettingEntry& entry : forgetting_registry()) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("model \"{}\", expected one of: {}", name, known));
}

}  // namespace meno
