#include "store/postgres/address.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace meno {
namespace {

constexpr std::string_view kShort = "postgres://";
constexpr std::string_view kLong = "postgresql://";

/// "user:pa/ss@host" and "user:pa@ss@host" are read by libpq as another host or port, which its
/// messages would then quote.
bool has_bare_specials(std::string_view url) {
  const std::string_view rest = url.substr(url.find("://") + 3);
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos) return false;
  return rest.find('@', at + 1) != std::string_view::npos || at > rest.find_first_of("/?#");
}

std::string option(const PQconninfoOption* options, std::string_view keyword) {
  for (; options->keyword != nullptr; ++options) {
    if (keyword == options->keyword) return options->val == nullptr ? "" : options->val;
  }
  return "";
}

}  // namespace

bool is_postgres_url(std::string_view location) {
  return location.starts_with(kShort) || location.starts_with(kLong);
}

Result<PostgresAddress> parse_postgres_url(const std::string& url) {
  const Error unreadable = invalid_input(
      "the PostgreSQL address of the store cannot be read, expected "
      "postgres://user:password@host:port/database with special characters percent-encoded");
  if (!is_postgres_url(url) || has_bare_specials(url)) return unreadable;
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(url.c_str(), &message), &PQconninfoFree);
  if (message != nullptr) PQfreemem(message);  // it may quote the password
  if (!options) return unreadable;
  const std::string host = option(options.get(), "host");
  const std::string port = option(options.get(), "port");
  if (!std::all_of(port.begin(), port.end(),
                   [](char c) { return c == ',' || (c >= '0' && c <= '9'); }))
    return unreadable;
  return PostgresAddress{.url = url,
                         .name = fmt::format("{}{}{}{}/{}", kShort, host, port.empty() ? "" : ":",
                                             port, option(options.get(), "dbname"))};
}

}  // namespace meno
