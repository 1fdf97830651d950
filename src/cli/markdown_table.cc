#include "cli/markdown_table.h"

#include <cmath>

#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

const Json* at(const Json& row, const std::string& value) {
  const Json::json_pointer place("/" + value);
  return row.contains(place) ? &row.at(place) : nullptr;
}

bool is_number(const Json* value) { return value != nullptr && value->is_number(); }

/// "mse/5" and "_low" -> "mse_low/5": the suffix belongs to the first part.
std::string with_suffix(const std::string& value, const std::string& suffix) {
  const std::size_t slash = value.find('/');
  return slash == std::string::npos ? value + suffix
                                    : value.substr(0, slash) + suffix + value.substr(slash);
}

std::string number_text(const Json& value) {
  if (!value.is_number_float()) return value.dump();
  const double number = value.get<double>();
  if (std::abs(number) >= 100.0) return fmt::format("{:.0f}", number);
  std::string text = fmt::format("{:.4f}", number);
  if (std::abs(number) < 1.0) text.erase(text.find('0'), 1);
  return text;
}

std::string interval_text(const Json& row, const std::string& value) {
  if (const Json* half = at(row, with_suffix(value, "_half_width")); is_number(half)) {
    return " ± " + number_text(*half);
  }
  const Json* low = at(row, with_suffix(value, "_low"));
  const Json* high = at(row, with_suffix(value, "_high"));
  if (const Json* both = at(row, "intervals/" + value); both != nullptr && both->size() == 2) {
    low = &both->at(0);
    high = &both->at(1);
  }
  if (!is_number(low) || !is_number(high)) return "";
  return fmt::format(" [{}, {}]", number_text(*low), number_text(*high));
}

}  // namespace

std::string markdown_cell(const Json& row, const std::string& value) {
  const Json* found = at(row, value);
  if (found == nullptr || found->is_null()) return "–";
  if (found->is_string()) return found->get<std::string>();
  if (!found->is_number()) return found->dump();
  return number_text(*found) + interval_text(row, value);
}

std::string markdown_table(const std::vector<Column>& columns, const std::vector<Json>& rows) {
  std::string text = "|";
  for (const Column& column : columns) text += fmt::format(" {} |", column.heading);
  text += "\n|";
  for (std::size_t c = 0; c < columns.size(); ++c) text += "---|";
  text += '\n';
  for (const Json& row : rows) {
    text += '|';
    for (const Column& column : columns) {
      text += fmt::format(" {} |", markdown_cell(row, column.value));
    }
    text += '\n';
  }
  return text;
}

}  // namespace meno
