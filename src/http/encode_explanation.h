// Explanations and what-ifs as JSON: for the API and for `meno recommend --explain`. Schemas:
// schemas.cc.
#pragma once

#include <string>
#include <string_view>

#include "service/explain_item.h"

namespace meno {

/// Schema ItemExplanation.
std::string explanation_json(const ItemExplanation& explained, std::string_view student_id);
/// Schema WhatIfReply.
std::string what_if_json(const WhatIfReply& reply, std::string_view student_id);

}  // namespace meno
