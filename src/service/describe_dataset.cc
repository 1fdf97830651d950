#include "service/describe_dataset.h"

#include "core/files.h"
#include "core/json.h"
#include "domain/dataset.h"
#include "eval/profile/profile_json.h"
#include "eval/report/profile_report.h"

namespace meno {

Result<Json> describe_dataset(const DescribeDataset& ask, const Clock& clock) {
  MENO_TRY(const Language language, language_of(ask.language));
  MENO_TRY(const Dataset dataset, Dataset::open(ask.dataset));
  const DatasetProfile profile = profile_of(dataset.course().name, dataset.hash(), dataset.course(),
                                            split_source(dataset), clock.now());
  if (!ask.report.empty()) {
    MENO_TRY_DONE(write_file_atomically(ask.report, profile_report(profile, language)));
  }
  return to_json(profile);
}

}  // namespace meno
