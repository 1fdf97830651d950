// Use case: simulated students, of a learner family fitted to a dataset, answer questions; their
// answers are written as JSON Lines, each marked as simulated.
#pragma once

#include <filesystem>
#include <string>

#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

struct SimulateStudents {
  std::filesystem::path data;  // a dataset folder, which the family is fitted on
  std::filesystem::path out;   // the .jsonl file
  std::string family = "additive";
  /// Who chooses the questions; "": the order of a real record, drawn for each student.
  std::string policy;
  int students = 100;
  int answers = 50;      // of one student at most
  bool drop_out = true;  // students stop as real ones do
  int fitted = 2000;     // real students that are learnt from, at most
  int epochs = 12;
  int threads = 1;
  std::uint64_t seed = 0;
};

/// Writes one line per answer,
/// {"student","item","skills","correct","response_ms","simulated":true}, atomically. Returns
/// {"simulated":true,"family","policy","students","answers","p_correct","out"}. Errors: those of
/// the dataset and the fit; InvalidInput for counts out of range or an unknown family or policy;
/// Unavailable for the disk or on Ctrl-C.
Result<Json> simulate_students(const SimulateStudents& ask);

}  // namespace meno
