#include "service/training_split.h"

#include <algorithm>

namespace meno {

Result<Split> training_split(const SplitSource& source, int fold, std::uint64_t seed) {
  const auto has = [&](const char* label) {
    return std::find(source.labels.begin(), source.labels.end(), label) != source.labels.end();
  };
  if (has("test1")) return split_akt(source, fold);
  if (has("train")) return split_fixed(source, {.fold = fold, .seed = seed});
  return split_students(source,
                        {.folds = 10, .fold = fold, .valid_share = 1.0 / 9.0, .seed = seed});
}

}  // namespace meno
