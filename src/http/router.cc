#include "http/router.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace meno {
namespace {

Result<Done> check_id(std::string_view value, std::string_view name,
                      std::size_t longest = kLongestId) {
  if (!value.empty() && value.size() <= longest) return Done{};
  return invalid_input(
      fmt::format("\"{}\" has {} bytes, expected 1 to {}", name, value.size(), longest));
}

Result<Done> check_value(const QueryParameter& parameter, std::string_view value) {
  if (!parameter.integer) return check_id(value, parameter.name, parameter.longest);
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = fault == std::errc() && end == value.data() + value.size();
  if (whole && number >= parameter.least && number <= parameter.most) return Done{};
  return invalid_input(fmt::format("\"{}\" is \"{}\", expected a whole number from {} to {}",
                                   parameter.name, value.substr(0, 40), parameter.least,
                                   parameter.most));
}

using CheckedQuery = std::vector<std::pair<std::string_view, std::string>>;

Result<CheckedQuery> checked_query(const Route& route,
                                   std::vector<std::pair<std::string, std::string>> query) {
  CheckedQuery checked;
  for (auto& [name, value] : query) {
    const std::string& wanted = name;
    const auto row = std::find_if(
        route.query.begin(), route.query.end(),
        [&wanted](const QueryParameter& parameter) { return parameter.name == wanted; });
    if (row == route.query.end()) {
      if (route.other_parameters) continue;
      return invalid_input(fmt::format("\"{}\" is no parameter of {} {}", name.substr(0, 40),
                                       name_of(route.method), route.path));
    }
    const std::string_view known = row->name;
    if (std::any_of(checked.begin(), checked.end(),
                    [known](const auto& pair) { return pair.first == known; })) {
      return invalid_input(fmt::format("\"{}\" is given twice, expected once", known));
    }
    MENO_TRY_DONE(check_value(*row, value));
    checked.emplace_back(known, std::move(value));
  }
  for (const QueryParameter& parameter : route.query) {
    const bool given = std::any_of(checked.begin(), checked.end(), [&parameter](const auto& pair) {
      return pair.first == parameter.name;
    });
    if (parameter.required && !given) {
      return invalid_input(fmt::format("\"{}\" is missing from the query of {} {}", parameter.name,
                                       name_of(route.method), route.path));
    }
  }
  return checked;
}

/// A media type without its parameters, in any case.
bool is_type(std::string_view content_type, std::string_view wanted) {
  if (content_type.size() < wanted.size()) return false;
  const bool same =
      std::equal(wanted.begin(), wanted.end(), content_type.begin(), [](char want, char have) {
        return want == (have >= 'A' && have <= 'Z' ? static_cast<char>(have - 'A' + 'a') : have);
      });
  return same && (content_type.size() == wanted.size() || content_type[wanted.size()] == ';' ||
                  content_type[wanted.size()] == ' ');
}

Routed call_of(const Route& route, std::vector<std::string> parameters, HttpRequest& request,
               ParsedTarget& target) {
  std::string_view names = route.path;
  for (const std::string& parameter : parameters) {
    names.remove_prefix(names.find('{') + 1);
    if (const Result<Done> checked = check_id(parameter, names.substr(0, names.find('}')));
        !checked)
      return error_reply(checked.error());
  }
  // A form of a foreign page cannot send this type without asking first, so it cannot write in a
  // user's name.
  if (!route.body_schema.empty() && !is_type(request.content_type, route.body_type)) {
    return error_reply(415, "invalid_input",
                       fmt::format("Content-Type is \"{}\", expected \"{}\"",
                                   request.content_type.substr(0, 80), route.body_type));
  }
  Result<CheckedQuery> query = checked_query(route, std::move(target.query));
  if (!query) return error_reply(query.error());
  return Matched{&route,
                 RouteCall(std::move(parameters), *std::move(query), std::move(request.body))};
}

}  // namespace

std::string_view RouteCall::query(std::string_view name) const {
  for (const auto& [key, value] : query_) {
    if (key == name) return value;
  }
  return {};
}

std::int64_t RouteCall::query_integer(const QueryParameter& parameter) const {
  const std::string_view text = query(parameter.name);
  std::int64_t number = parameter.fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view name_of(Who who) {
  constexpr std::string_view kNames[] = {"nobody",  "anyone",       "student",
                                         "teacher", "school_admin", "platform_admin"};
  return kNames[static_cast<std::size_t>(who)];
}

bool matches(std::string_view pattern, std::span<const std::string> segments,
             std::vector<std::string>& parameters) {
  parameters.clear();
  for (const std::string& segment : segments) {
    if (pattern.empty()) return false;
    pattern.remove_prefix(1);  // "/"
    const std::string_view expected = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(expected.size());
    if (!expected.empty() && expected.front() == '{') {
      parameters.push_back(segment);
    } else if (expected != segment) {
      return false;
    }
  }
  return pattern.empty();
}

Routed route_request(std::span<const std::span<const Route>> tables, HttpRequest& request,
                     ParsedTarget target) {
  std::string allow;
  std::vector<std::string> parameters;
  for (const std::span<const Route> table : tables) {
    for (const Route& route : table) {
      if (!matches(route.path, target.segments, parameters)) continue;
      const bool head = request.method == Method::Head && route.method == Method::Get;
      if (route.method == request.method || head)
        return call_of(route, std::move(parameters), request, target);
      allow += fmt::format("{}{}", allow.empty() ? "" : ", ", name_of(route.method));
    }
  }
  if (allow.empty()) {
    return error_reply(
        not_found(fmt::format("{} is not there, expected a path that /openapi.json lists",
                              request.target.substr(0, request.target.find('?')).substr(0, 200))));
  }
  HttpReply reply =
      error_reply(405, "invalid_input",
                  fmt::format("method {}, expected one of: {}", name_of(request.method), allow));
  reply.headers.emplace_back("Allow", allow);
  return reply;
}

}  // namespace meno
