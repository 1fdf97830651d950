// Any table of answers, one a row: CSV, TSV, semicolons.
#include <algorithm>

#include "import/csv/table.h"

namespace meno {

int recognise_csv(const ImportInput& input) {
  const bool any = std::any_of(input.samples.begin(), input.samples.end(), [&](const auto& sample) {
    return sample.head.substr(0, 1) != "{" && plan_table(sample, input.options).has_value();
  });
  return any ? 50 : 0;
}

Result<Done> read_csv(const ImportInput& input, AnswerSink& sink) {
  return read_tables(input, input.options, sink);
}

}  // namespace meno
