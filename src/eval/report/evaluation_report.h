// The report of an evaluation: one HTML file that needs nothing else, for a screen (light and dark)
// or paper.
#pragma once

#include <string>

#include "domain/course.h"
#include "eval/evaluation.h"
#include "eval/report/page.h"

namespace meno {

/// What the figures do not tell.
struct RunFacts {
  std::string command;  // as typed
  std::string dataset;  // name of the dataset
  std::string machine;  // e.g. "2 cores, Linux 6.1"
  std::string made_at;  // ISO 8601
};

/// `source` are the histories that were evaluated, for learning curves by skill.
std::string evaluation_report(const Evaluation& evaluation, const Course& course,
                              const SplitSource& source, const RunFacts& facts, Language language);

}  // namespace meno
