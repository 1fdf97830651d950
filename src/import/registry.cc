// To add a format: write import/<format>/, declare its two functions here, add its row, run the
// contract tests.
#include <array>

#include <fmt/format.h>

#include "import/importer.h"

namespace meno {

#define MENO_IMPORTER_(name)                \
  int recognise_##name(const ImportInput&); \
  Result<Done> read_##name(const ImportInput&, AnswerSink&)
MENO_IMPORTER_(csv);
MENO_IMPORTER_(akt);
MENO_IMPORTER_(gervet);
MENO_IMPORTER_(jsonl);
MENO_IMPORTER_(pykt);
MENO_IMPORTER_(assistments);
MENO_IMPORTER_(ednet);
MENO_IMPORTER_(matrix);
MENO_IMPORTER_(anki);
#undef MENO_IMPORTER_

namespace {

constexpr std::array kImporters{
    Importer{
        .name = "csv",
        .summary = "any table with one answer a row; delimiter, header and columns are found out",
        .layout = "e.g. user_id,item,skills,correct,timestamp (see --map)",
        .recognise = &recognise_csv,
        .read = &read_csv,
        .drop_duplicates = false,
        .merge_skills = false},
    Importer{
        .name = "jsonl",
        .summary = "JSON Lines: one answer, or one student with lists, a line",
        .layout =
            R"({"student": "s1", "item": "i1", "skills": ["k"], "correct": true, "at": "2026-01-31T08:00:00Z"})",
        .recognise = &recognise_jsonl,
        .read = &read_jsonl,
        .drop_duplicates = false,
        .merge_skills = false},
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
    Importer{.name = "pykt",
             .summary = "pyKT's data.txt (six lines a student) and train_valid/test tables",
             .layout = "uid,len / questions / concepts / responses / timestamps / usetimes",
             .recognise = &recognise_pykt,
             .read = &read_pykt,
             .drop_duplicates = false,
             .merge_skills = true},
    Importer{.name = "assistments",
             .summary = "raw ASSISTments exports of 2009, 2012, 2013, 2015 and 2017",
             .layout = "order_id,...,user_id,...,problem_id,...,correct,...,skill_id,...",
             .recognise = &recognise_assistments,
             .read = &read_assistments,
             .drop_duplicates = true,
             .merge_skills = true},
    Importer{.name = "ednet",
             .summary = "EdNet KT1 to KT4: a log per student with questions.csv beside",
             .layout = "timestamp,action_type,item_id,cursor_time,source,user_answer,platform",
             .recognise = &recognise_ednet,
             .read = &read_ednet,
             .drop_duplicates = false,
             .merge_skills = false},
    Importer{.name = "matrix",
             .summary = "a test: one row a student, one column an item; 0/1, or options with --key",
             .layout = "q1,q2,q3 / 1,0,NA",
             .recognise = &recognise_matrix,
             .read = &read_matrix,
             .drop_duplicates = false,
             .merge_skills = false,
             .missing = "drop"},  // a question that was not put to a student
    Importer{.name = "anki",
             .summary = "Anki's review log, one file a learner; right unless rated \"again\"",
             .layout = "id,cid,usn,ease,ivl,lastIvl,factor,time,type",
             .recognise = &recognise_anki,
             .read = &read_anki,
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
    return invalid_input(
        fmt::format("format \"{}\", expected auto or one of: {}", name, names_of_importers()));
  }
  // None is sure: the most general reader of such text says best what is wrong.
  const bool json = !input.samples.empty() && input.samples.front().head.starts_with("{");
  return find_importer(json ? "jsonl" : "csv", input);
}

}  // namespace meno
