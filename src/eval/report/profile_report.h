// The page of `meno describe --report`: what is in a dataset, and what to beware of.
#pragma once

#include <string>

#include "eval/profile/dataset_profile.h"
#include "eval/report/page.h"

namespace meno {

std::string profile_report(const DatasetProfile& profile, Language language);

}  // namespace meno
