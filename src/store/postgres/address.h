// The address of a PostgreSQL database, and how it may be shown.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

struct PostgresAddress {
  std::string url;   // may hold a password: for libpq alone
  std::string name;  // the same without user and password, for messages and logs
};

/// True for postgres://… and postgresql://….
bool is_postgres_url(std::string_view location);

/// Errors: InvalidInput, without quoting the URL: a password that is not percent-encoded could be
/// anywhere in it.
Result<PostgresAddress> parse_postgres_url(const std::string& url);

}  // namespace meno
