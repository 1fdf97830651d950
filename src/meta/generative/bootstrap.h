// bootstrap: real students again. The bar that synthetic data must clear where privacy is no
// matter, and the worst case of every privacy audit.
#pragma once

#include "meta/generative/generator.h"

namespace meno {

/// Source: Efron & Tibshirani 1993, resampling of whole students. No options.
Result<std::unique_ptr<const StudentGenerator>> fit_bootstrap(const Options& options,
                                                              const GenerativeCohort& cohort);

}  // namespace meno
