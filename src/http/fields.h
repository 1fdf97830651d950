// Fields: one JSON object read field by field. The one place that includes simdjson in http: its
// DOM checks the whole document, UTF-8 included, before a field is read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <simdjson.h>

#include "core/result.h"
#include "http/path.h"
#include "http/route.h"

namespace meno {

inline bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && is_plain_text(text);
}

/// A body's one object with its fields, each seen once and known.
class Fields {
 public:
  static constexpr std::size_t kMostFields = 24;

  static Result<Fields> parse(std::string& body, std::span<const std::string_view> known) {
    thread_local simdjson::dom::parser parser;
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::element document;
    if (const auto fault = parser.parse(body.data(), body.size(), false).get(document);
        fault != simdjson::SUCCESS) {
      return invalid_input(fmt::format("the body is not valid JSON ({}), expected one object",
                                       simdjson::error_message(fault)));
    }
    Fields fields(known);
    simdjson::dom::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) {
      return invalid_input("the body is no JSON object, expected one");
    }
    for (const auto field : object) {
      MENO_TRY_DONE(fields.add(field.key, field.value));
    }
    return fields;
  }

  const simdjson::dom::element* find(std::string_view name) const {
    for (std::size_t k = 0; k < known_.size(); ++k) {
      if (known_[k] == name) return present_[k] ? &values_[k] : nullptr;
    }
    return nullptr;
  }

  Result<std::optional<std::string>> text(std::string_view name, std::size_t longest) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<std::string>();
    std::string_view text;
    if (value->get_string().get(text) != simdjson::SUCCESS) return wrong_type(name, "text");
    if (text.empty() || text.size() > longest) {
      return invalid_input(
          fmt::format("\"{}\" has {} bytes, expected 1 to {}", name, text.size(), longest));
    }
    if (!is_plain_text(text)) {
      return invalid_input(
          fmt::format("\"{}\" holds control or invisible characters, expected plain text", name));
    }
    return std::optional<std::string>(text);
  }

  Result<std::string> required_text(std::string_view name, std::size_t longest) const {
    MENO_TRY(std::optional<std::string> value, text(name, longest));
    if (!value) return invalid_input(fmt::format("\"{}\" is missing, expected text", name));
    return *std::move(value);
  }

  Result<std::string> text_or_empty(std::string_view name, std::size_t longest) const {
    MENO_TRY(std::optional<std::string> value, text(name, longest));
    return std::move(value).value_or("");
  }

  /// None when absent.
  Result<std::vector<std::string>> ids(std::string_view name, std::size_t most) const {
    MENO_TRY(const std::vector<simdjson::dom::element> elements, list(name, most));
    std::vector<std::string> ids;
    for (const simdjson::dom::element& element : elements) {
      std::string_view id;
      if (element.get_string().get(id) != simdjson::SUCCESS || !is_id(id)) {
        return invalid_input(fmt::format(
            "\"{}\" holds something else at place {}, expected ids of 1 to {} bytes of plain text",
            name, ids.size() + 1, kLongestId));
      }
      ids.emplace_back(id);
    }
    return ids;
  }

  template <class Integer>
  Result<std::optional<Integer>> integer(std::string_view name, std::int64_t most) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<Integer>();
    std::int64_t number = 0;
    if (value->get_int64().get(number) != simdjson::SUCCESS)
      return wrong_type(name, "a whole number");
    if (number < 0 || number > most) {
      return invalid_input(fmt::format("\"{}\" is {}, expected 0 to {}", name, number, most));
    }
    return std::optional<Integer>(static_cast<Integer>(number));
  }

  Result<std::optional<double>> number(std::string_view name, double most,
                                       double least = 0.0) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<double>();
    double number = 0.0;
    if (value->get_double().get(number) != simdjson::SUCCESS) return wrong_type(name, "a number");
    if (!(number >= least && number <= most)) {
      return invalid_input(
          fmt::format("\"{}\" is {}, expected {} to {}", name, number, least, most));
    }
    return std::optional<double>(number);
  }

  /// The elements of a list; none when absent.
  Result<std::vector<simdjson::dom::element>> list(std::string_view name, std::size_t most) const {
    std::vector<simdjson::dom::element> elements;
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return elements;
    simdjson::dom::array array;
    if (value->get_array().get(array) != simdjson::SUCCESS) return wrong_type(name, "a list");
    for (const simdjson::dom::element element : array) elements.push_back(element);
    if (elements.size() > most) {
      return invalid_input(
          fmt::format("\"{}\" has {} entries, expected 0 to {}", name, elements.size(), most));
    }
    return elements;
  }

  Result<std::optional<bool>> boolean(std::string_view name) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr) return std::optional<bool>();
    bool flag = false;
    if (value->get_bool().get(flag) != simdjson::SUCCESS) return wrong_type(name, "true or false");
    return std::optional<bool>(flag);
  }

  /// nullopt for null; the field must be there.
  Result<std::optional<double>> number_or_null(std::string_view name) const {
    const simdjson::dom::element* const value = find(name);
    if (value == nullptr)
      return invalid_input(fmt::format("\"{}\" is missing, expected a number or null", name));
    if (value->is_null()) return std::optional<double>();
    double number = 0.0;
    if (value->get_double().get(number) != simdjson::SUCCESS)
      return wrong_type(name, "a number or null");
    return std::optional<double>(number);
  }

 private:
  explicit Fields(std::span<const std::string_view> known) : known_(known) {}

  Result<Done> add(std::string_view name, simdjson::dom::element value) {
    for (std::size_t k = 0; k < known_.size(); ++k) {
      if (known_[k] != name) continue;
      if (present_[k])
        return invalid_input(fmt::format("\"{}\" is given twice, expected once", name));
      present_[k] = true;
      values_[k] = value;
      return Done{};
    }
    return invalid_input(fmt::format("\"{}\" is not a known field, expected one of: {}",
                                     printable(name), fmt::join(known_, ", ")));
  }

  static std::string printable(std::string_view name) {
    std::string shown;
    for (const char c : name.substr(0, 40)) shown += c >= ' ' && c < 0x7F ? c : '?';
    return shown;
  }

  static Error wrong_type(std::string_view name, std::string_view expected) {
    return invalid_input(fmt::format("\"{}\" has the wrong type, expected {}", name, expected));
  }

  std::span<const std::string_view> known_;
  std::array<bool, kMostFields> present_{};
  std::array<simdjson::dom::element, kMostFields> values_{};
};

}  // namespace meno
