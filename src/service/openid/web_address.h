// Addresses of the web as far as signing in needs them: taken apart, held against what is allowed,
// and put together.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace meno {

/// "https://host:port/path?query"; views into the text that it was taken from.
struct WebAddress {
  std::string_view scheme;  // "https" or "http"
  std::string_view host;    // as written, "[::1]" with its brackets
  std::string_view rest;    // from the port on: ":8080/path?query"
};

/// nullopt for what is no http or https address with a host, names a user, has a fragment, or holds
/// spaces, controls or other bytes that do not belong into an address.
std::optional<WebAddress> parse_web_address(std::string_view text);

/// Whether secrets may be sent there: https, or, where `loopback` is allowed, this machine.
bool is_safe_address(std::string_view text, bool loopback);

/// "a=b&c=d", with whatever is no letter, digit, "-", ".", "_" or "~" as "%20".
std::string form_of(std::span<const std::pair<std::string_view, std::string_view>> fields);

/// One value as form_of() writes it.
std::string percent_encoded(std::string_view text);

}  // namespace meno
