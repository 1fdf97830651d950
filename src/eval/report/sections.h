// The sections of an evaluation's report, in the order they stand on the page. One file each or
// two.
#pragma once

#include "domain/course.h"
#include "eval/evaluation.h"
#include "eval/report/evaluation_report.h"
#include "eval/report/page.h"

namespace meno {

/// Metrics by fold with intervals.
void add_metrics(Page& page, const Evaluation& evaluation);
/// What makes figures look better than they are: repeats, small tests, students placed nowhere.
void add_traps(Page& page, const Evaluation& evaluation);
/// After k answers of a new student; nothing when the protocol does not ask for it.
void add_new_student(Page& page, const Evaluation& evaluation);
/// ROC, reliability with counts, AUC by length of history.
void add_quality_charts(Page& page, const Evaluation& evaluation);
/// Loss and validation AUC by epoch.
void add_training_curves(Page& page, const Evaluation& evaluation);
/// Error by opportunity, overall and for the skills with most answers.
void add_skill_curves(Page& page, const Evaluation& evaluation, const Course& course,
                      const SplitSource& source);
/// Command, seed, data, machine.
void add_run(Page& page, const Evaluation& evaluation, const RunFacts& facts);

}  // namespace meno
