#include "http/rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/iso_time.h"

namespace meno {
namespace {

/// One function for each kind of cell.
template <class... Each>
struct Overloaded : Each... {
  using Each::operator()...;
};
template <class... Each>
Overloaded(Each...) -> Overloaded<Each...>;

/// Source: OWASP, "CSV Injection": what spreadsheets take for the beginning of a formula.
bool looks_like_formula(std::string_view value) {
  return !value.empty() && std::string_view("=+-@\t\r\n").find(value.front()) != std::string::npos;
}

}  // namespace

void JsonRow::cell(std::string_view name, const Cell& value) {
  json_.key(name);
  std::visit(
      Overloaded{[&](std::monostate) { json_.null(); },
                 [&](std::string_view text) { json_.text(text); },
                 [&](std::int64_t number) { json_.integer(number); },
                 [&](double number) { json_.number(number); },
                 [&](bool flag) { json_.boolean(flag); }, [&](TimePoint time) { json_.time(time); },
                 [&](const Text* text) { text == nullptr ? json_.null() : json_.both(*text); },
                 [&](const std::vector<std::string>* texts) {
                   json_.begin_array();
                   for (const std::string& text : *texts) json_.text(text);
                   json_.end_array();
                 }},
      value);
}

void CsvHeader::cell(std::string_view name, const Cell& value) {
  if (!std::holds_alternative<const Text*>(value)) {
    names_.emplace_back(name);
    return;
  }
  names_.push_back(fmt::format("{}_en", name));
  names_.push_back(fmt::format("{}_zh_cn", name));
}

void CsvRow::cell(std::string_view /*name*/, const Cell& value) {
  const auto plain = [this](const auto& what) {
    separate();
    out_ += fmt::format("{}", what);
  };
  std::visit(
      Overloaded{[&](std::monostate) { separate(); }, [&](std::string_view each) { text(each); },
                 [&](std::int64_t number) { plain(number); }, [&](double number) { plain(number); },
                 [&](bool flag) { plain(flag); },
                 [&](TimePoint time) { plain(time == kNoTime ? "" : iso_time(time)); },
                 [&](const Text* both) {
                   text(both == nullptr ? "" : both->en);
                   text(both == nullptr ? "" : both->zh_cn);
                 },
                 [&](const std::vector<std::string>* texts) {
                   text(fmt::format("{}", fmt::join(*texts, " ")));
                 }},
      value);
}

void CsvRow::text(std::string_view value) {
  separate();
  const bool formula = looks_like_formula(value);
  const bool quoted = value.find_first_of("\",\r\n") != std::string_view::npos;
  if (quoted) out_ += '"';
  if (formula) out_ += '\'';
  for (const char c : value) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  if (quoted) out_ += '"';
}

void CsvRow::end_line() {
  out_ += "\r\n";
  first_ = true;
}

void CsvRow::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

}  // namespace meno
