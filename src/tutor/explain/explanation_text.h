// The words of an Explanation, in both languages.
#pragma once

#include <string_view>

#include "core/text.h"

namespace meno {

/// What a teacher calls a piece. A name that is not in the list would be a Bug.
Text name_of_piece(std::string_view piece);

/// "Of a student not known yet ... 62%; this item ... 55%; with what you have shown ... 71%."
Text explanation_text(double p_typical, double p_unknown, double p_correct, const Text& item);

}  // namespace meno
