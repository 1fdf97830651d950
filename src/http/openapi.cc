#include "http/openapi.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/json.h"
#include "http/routes.h"
#include "http/schemas.h"

namespace meno {
namespace {

Json reference(std::string_view schema) {
  return {{"$ref", fmt::format("#/components/schemas/{}", schema)}};
}

Json content(std::string_view schema, std::string_view type = "application/json") {
  return {{type, {{"schema", reference(schema)}}}};
}

Json id_schema() { return {{"type", "string"}, {"minLength", 1}, {"maxLength", kLongestId}}; }

Json query_parameter(const QueryParameter& parameter) {
  Json schema = id_schema();
  schema["maxLength"] = parameter.longest;
  if (parameter.integer) {
    schema = {{"type", "integer"},
              {"minimum", parameter.least},
              {"maximum", parameter.most},
              {"default", parameter.fallback}};
  }
  return {{"name", parameter.name},
          {"in", "query"},
          {"required", parameter.required},
          {"description", parameter.summary},
          {"schema", schema}};
}

Json header_parameter(std::string_view name, std::string_view summary) {
  return {{"name", name},
          {"in", "header"},
          {"required", false},
          {"description", summary},
          {"schema", {{"type", "string"}}}};
}

void add_headers(Json& parameters, const Route& route) {
  if (route.tagged && route.method == Method::Get)
    parameters.push_back(header_parameter("If-None-Match", "ETags; 304 when one is the reply's"));
  if (route.conditional)
    parameters.push_back(header_parameter("If-Match", "ETags; 412 when none is that of now"));
  if (route.once) {
    parameters.push_back(header_parameter(
        "Idempotency-Key",
        "chosen by the caller: for a day the same request under it gives the first reply and has "
        "no second effect. Printable ASCII, at most 200 characters, hard to guess"));
  }
}

Json parameters_of(const Route& route) {
  Json parameters = Json::array();
  std::string_view rest = route.path;
  while (true) {
    const std::size_t open = rest.find('{');
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}');
    parameters.push_back({{"name", rest.substr(open + 1, close - open - 1)},
                          {"in", "path"},
                          {"required", true},
                          {"schema", id_schema()}});
    rest.remove_prefix(close + 1);
  }
  for (const QueryParameter& parameter : route.query)
    parameters.push_back(query_parameter(parameter));
  add_headers(parameters, route);
  return parameters;
}

Json responses_of(const Route& route) {
  Json responses = Json::object();
  Json& success = responses[std::to_string(route.success)];
  success = {{"description", route.summary}};
  if (!route.reply_schema.empty()) {
    success["content"] = content(route.reply_schema, route.reply_type);
  } else if (route.reply_type == kPage) {
    success["content"] = {{kPage, {{"schema", {{"type", "string"}}}}}};
  }
  if (route.listing) {
    success["content"]["text/csv"] = {{"schema", {{"type", "string"}}}};
  }
  const auto add_error = [&responses](int status, std::string_view what) {
    responses[std::to_string(status)] = {{"description", what},
                                         {"content", content("Error", kProblem)}};
  };
  const auto add_kind = [&](ErrorKind kind) { add_error(http_status(kind), name_of(kind)); };
  add_kind(ErrorKind::InvalidInput);
  for (const ErrorKind kind : route.errors) add_kind(kind);
  add_kind(ErrorKind::Internal);
  if (route.tagged && route.method == Method::Get)
    responses["304"] = {{"description", "as the caller has it"}};
  if (route.conditional) add_error(412, "precondition_failed");
  if (route.once) {
    add_error(409, "conflict");
    add_error(422, "key_reused");
  }
  return responses;
}

Json operation_of(const Route& route) {
  Json operation = {
      {"operationId", route.operation},
      {"summary", route.summary},
      {"x-access", {{"who", name_of(route.access.who)}, {"scope", route.access.scope}}},
      {"parameters", parameters_of(route)}};
  if (!route.body_schema.empty()) {
    operation["requestBody"] = {{"required", true},
                                {"content", content(route.body_schema, route.body_type)}};
  }
  operation["responses"] = responses_of(route);
  return operation;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

std::string openapi_document() {
  Json paths = Json::object();
  for (const std::span<const Route> table : all_routes()) {
    for (const Route& route : table) {
      paths[std::string(route.path)][lower(name_of(route.method))] = operation_of(route);
    }
  }
  Json schemas = Json::object();
  for (const Schema& schema : all_schemas())
    schemas[std::string(schema.name)] = Json::parse(schema.json);
  const Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Meno"},
        {"version", MENO_VERSION},
        {"description", "Records answers, tells what a student knows and what could come next."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"paths", paths},
      {"components", {{"schemas", schemas}}}};
  return document.dump();
}

}  // namespace meno
