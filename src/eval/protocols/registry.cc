// To add a protocol: write its split in domain if there is none like it, add its row.
#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "eval/protocols/protocol.h"

namespace meno {
namespace {

Result<Split> akt(const SplitSource& source, int fold, std::uint64_t /*seed*/) {
  return split_akt(source, fold);
}

Result<Split> gervet(const SplitSource& source, int fold, std::uint64_t seed) {
  return split_fixed(source, {.fold = fold, .seed = seed});
}

Result<Split> holdout(const SplitSource& source, int fold, std::uint64_t seed) {
  return split_students(source, {.fold = fold, .seed = seed});
}

/// The source's own split where it has one, so that its few-shot figures stand beside the usual
/// ones.
Result<Split> new_student(const SplitSource& source, int fold, std::uint64_t seed) {
  const auto has = [&](std::string_view label) {
    return std::find(source.labels.begin(), source.labels.end(), label) != source.labels.end();
  };
  if (has("test5")) return akt(source, fold, seed);
  if (has("train") && has("test")) return gervet(source, fold, seed);
  return holdout(source, fold, seed);
}

Result<Split> school(const SplitSource& source, int fold, std::uint64_t seed) {
  return split_groups(source, {.by = Grouping::School, .fold = fold, .seed = seed});
}

Result<Split> klass(const SplitSource& source, int fold, std::uint64_t seed) {
  return split_groups(source, {.by = Grouping::Class, .fold = fold, .seed = seed});
}

constexpr std::array kProtocols{
    ProtocolEntry{"akt", "five folds of students fixed by the source",
                  "Ghosh, Heffernan & Lan 2020", 5, false, &akt},
    ProtocolEntry{"gervet", "train and test students fixed by the source",
                  "Gervet, Koedinger, Schneider & Mitchell 2020", 1, false, &gervet},
    ProtocolEntry{"holdout", "five seeded folds of students, alike in length and rate", "Meno", 5,
                  false, &holdout},
    ProtocolEntry{"new-student", "students never seen, after k = 0, 1, 3, 5, 10, 20 answers",
                  "Meno", 5, true, &new_student},
    ProtocolEntry{"school", "schools never seen", "Meno", 0, false, &school},
    ProtocolEntry{"class", "classes never seen", "Meno", 0, false, &klass},
};

}  // namespace

std::span<const ProtocolEntry> protocol_registry() { return kProtocols; }

Result<const ProtocolEntry*> find_protocol(std::string_view name) {
  std::string known;
  for (const ProtocolEntry& entry : kProtocols) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("protocol \"{}\", expected one of {}", name, known));
}

}  // namespace meno
