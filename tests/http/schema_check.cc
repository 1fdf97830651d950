#include "schema_check.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/json.h"
#include "http/schemas.h"

namespace meno {
namespace {

using Fault = std::optional<std::string>;

constexpr std::array<std::string_view, 17> kKeywords = {
    "type",      "properties", "required",    "additionalProperties",
    "items",     "enum",       "anyOf",       "oneOf",
    "$ref",      "minimum",    "maximum",     "minLength",
    "maxLength", "maxItems",   "description", "format",
    "minItems"};

Fault check(const Json& value, const Json& schema, const std::string& where);

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_number_integer();
  return type == "number" && value.is_number();
}

Fault check_type(const Json& value, const Json& type, const std::string& where) {
  if (type.is_string()) {
    if (is_of_type(value, type.get<std::string>())) return std::nullopt;
  } else {
    for (const Json& one : type) {
      if (is_of_type(value, one.get<std::string>())) return std::nullopt;
    }
  }
  return fmt::format("{} is {}, expected {}", where, value.dump(), type.dump());
}

Fault check_object(const Json& value, const Json& schema, const std::string& where) {
  for (const Json& name : schema.value("required", Json::array())) {
    if (!value.contains(name.get<std::string>()))
      return fmt::format("{} lacks {}", where, name.dump());
  }
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [name, member] : value.items()) {
    if (properties.contains(name)) {
      if (Fault fault = check(member, properties.at(name), where + "." + name)) return fault;
    } else if (!schema.value("additionalProperties", true)) {
      return fmt::format("{} has an unknown member {}", where, name);
    }
  }
  return std::nullopt;
}

Fault check_array(const Json& value, const Json& schema, const std::string& where) {
  if (schema.contains("maxItems") && value.size() > schema.at("maxItems").get<std::size_t>()) {
    return fmt::format("{} has {} items", where, value.size());
  }
  if (!schema.contains("items")) return std::nullopt;
  for (std::size_t k = 0; k < value.size(); ++k) {
    if (Fault fault = check(value[k], schema.at("items"), fmt::format("{}[{}]", where, k)))
      return fault;
  }
  return std::nullopt;
}

Fault check_scalar(const Json& value, const Json& schema, const std::string& where) {
  if (value.is_number()) {
    const auto number = value.get<double>();
    if (schema.contains("minimum") && number < schema.at("minimum").get<double>())
      return fmt::format("{} is {}", where, number);
    if (schema.contains("maximum") && number > schema.at("maximum").get<double>())
      return fmt::format("{} is {}", where, number);
  }
  if (value.is_string() && schema.contains("minLength") &&
      value.get<std::string>().size() < schema.at("minLength").get<std::size_t>()) {
    return fmt::format("{} is too short", where);
  }
  if (!schema.contains("enum")) return std::nullopt;
  const Json& allowed = schema.at("enum");
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return std::nullopt;
  return fmt::format("{} is {}, expected one of {}", where, value.dump(), allowed.dump());
}

/// The number of alternatives that the value fits.
std::size_t fitting(const Json& value, const Json& alternatives, const std::string& where) {
  return static_cast<std::size_t>(
      std::count_if(alternatives.begin(), alternatives.end(),
                    [&](const Json& alternative) { return !check(value, alternative, where); }));
}

Fault check(const Json& value, const Json& schema, const std::string& where) {
  for (const auto& [keyword, ignored] : schema.items()) {
    if (std::find(kKeywords.begin(), kKeywords.end(), keyword) == kKeywords.end()) {
      return fmt::format("the schema at {} uses \"{}\", which the checker does not know", where,
                         keyword);
    }
  }
  if (schema.contains("$ref")) {
    const auto reference = schema.at("$ref").get<std::string>();
    return schema_fault(value, reference.substr(reference.rfind('/') + 1));
  }
  if (schema.contains("anyOf") && fitting(value, schema.at("anyOf"), where) == 0)
    return where + " fits none of anyOf";
  if (schema.contains("oneOf") && fitting(value, schema.at("oneOf"), where) != 1)
    return where + " fits not one of oneOf";
  if (schema.contains("type")) {
    if (Fault fault = check_type(value, schema.at("type"), where)) return fault;
  }
  if (value.is_object()) return check_object(value, schema, where);
  if (value.is_array()) return check_array(value, schema, where);
  return check_scalar(value, schema, where);
}

}  // namespace

std::optional<std::string> schema_fault(const Json& value, const std::string& name) {
  for (const Schema& schema : all_schemas()) {
    if (schema.name == name) return check(value, Json::parse(schema.json), name);
  }
  return "there is no schema " + name;
}

}  // namespace meno
