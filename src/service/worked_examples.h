// The resources of a course that has nothing but its item bank: of each skill an item, solved.
#pragma once

#include "store/settings.h"
#include "teach/bank/bank.h"

namespace meno {

/// As the setting that a store keeps them under (course_resources.h).
StoredSetting worked_examples(const ItemBank& bank, TimePoint now);

}  // namespace meno
