// An Evaluation as the document of `meno evaluate --json`, and its predictions as CSV.
#pragma once

#include <functional>
#include <string>

#include "core/json_fwd.h"
#include "eval/evaluation.h"

namespace meno {

/// {"model", "protocol", "folds": [{"fold", "auc", "auc_without_repeats", ...}], "mean": {...},
/// ...}. A metric that is not defined is null. "mean" averages the folds that define it.
Json to_json(const Evaluation& evaluation);

/// fold,student,row,p_correct,correct,repeat with a header; `name_of` gives a student's name in the
/// source. Rows count the student's answers from 0.
std::string predictions_csv(const Evaluation& evaluation,
                            const std::function<const std::string&(StudentId)>& name_of);

}  // namespace meno
