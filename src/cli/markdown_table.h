// Rows of a benchmark's document as a Markdown table.
#pragma once

#include <string>
#include <vector>

#include "core/json_fwd.h"

namespace meno {

/// One column: its heading, and where a row keeps the value, e.g. "auc" or "mse/5".
struct Column {
  std::string heading;
  std::string value;
};

/// The cell of a value: numbers with four decimals and no leading zero, whole ones as they are,
/// what is absent as a dash; with its interval where the row has one, as "V_low" and "V_high",
/// "intervals/V" or "V_half_width".
std::string markdown_cell(const Json& row, const std::string& value);

/// Heading, rule and one line per row.
std::string markdown_table(const std::vector<Column>& columns, const std::vector<Json>& rows);

}  // namespace meno
