// To add a format: write import/<format>/, declare its two functions here, add its row, run the contract tests.
#include <array>

#include <fmt/format.h>

#include "import/importer.h"

namespace meno {

#define MENO_IMPORTER_(name)                 \
  int recognise_##name(const ImportInput&);  \
  Result<Done> read_##name(const ImportInput&, AnswerSink&)
MENO_IMPORTER_(akt);
MENO_IMPORTER_(gervet);
#undef MENO_IMPORTER_

namespace {

constexpr std::array kImporters{
    Importer{.name = "akt",
             .summary = "AKT's blocks of 3 or 4 lines a student; five folds of students",
             .layout = "student[,user] / item ids (absent in blocks of 3) / skill ids / answers",
             .recognise = &recognise_akt,
             .read = &read_akt,
             .drop_duplicates = false,
             .merge_skills = false},
    Importer{.name = "gervet",
             .summary = "Gervet's preprocessed_data_{train,test}.csv with q_mat.csv",
             .layout = "user_id<tab>item_id<tab>timestamp<tab>correct<tab>skill_id",
             .recognise = &recognise_gervet,
             .read = &read_gervet,
             .drop_duplicates = false,
             .merge_skills = false},
};

std::string names_of_importers() {
  std::string names;
  for (const Importer& importer : kImporters) {
    names += names.empty() ? "" : ", ";
    names += importer.name;
  }
  return names;
}

}  // namespace

std::span<const Importer> importers() { return kImporters; }

Result<const Importer*> find_importer(std::string_view name, const ImportInput& input) {
  const Importer* best = nullptr;
  int surest = 0;
  for (const Importer& importer : kImporters) {
    if (importer.name == name) return &importer;
    const int sure = name == "auto" ? importer.recognise(input) : 0;
    if (sure > surest) {
      surest = sure;
      best = &importer;
    }
  }
  if (best != nullptr) return best;
  if (name != "auto") {
    return invalid_input(fmt::format("format \"{}\", expected auto or one of: {}", name,
                                     names_of_importers()));
  }
  for (const SourceSample& sample : input.samples) {
    if (sample.fault && input.files.size() == 1) return *sample.fault;
  }
  return invalid_input(fmt::format(
      "{}: no known format recognised, expected a table with columns for student, item or skill, "
      "and answer, or one of: {}",
      input.files.size() == 1 ? input.files[0].name
                              : fmt::format("{} files", input.files.size()),
      names_of_importers()));
}

}  // namespace meno
