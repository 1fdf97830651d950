// The rows of the registry: what each model starts from and how it begins with a learner.
#pragma once

#include "tutor/review/forgetting.h"

namespace meno {

ForgettingEntry curve_entry();      // curve.cc
ForgettingEntry dsr_entry();        // dsr.cc
ForgettingEntry half_life_entry();  // half_life.cc
ForgettingEntry rule_entry();       // half_life.cc
ForgettingEntry leitner_entry();    // fixed.cc
ForgettingEntry sm2_entry();        // fixed.cc
ForgettingEntry average_entry();    // fixed.cc

}  // namespace meno
