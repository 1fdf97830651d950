#include "service/openid/web_address.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/loopback.h"

namespace meno {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "", or ":" and a port.
bool is_port(std::string_view text) {
  if (text.empty()) return true;
  text.remove_prefix(1);
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_host(std::string_view host) {
  if (host == "[::1]") return true;
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-';
  });
}

}  // namespace

std::optional<WebAddress> parse_web_address(std::string_view text) {
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < '\x7f' && std::string_view("\"<>\\^`{|}#").find(c) == std::string::npos;
  });
  const std::size_t slashes = text.find("://");
  if (!printable || slashes == std::string_view::npos) return std::nullopt;
  WebAddress address;
  address.scheme = text.substr(0, slashes);
  if (address.scheme != "https" && address.scheme != "http") return std::nullopt;
  const std::string_view after = text.substr(slashes + 3);
  const std::string_view authority = after.substr(0, after.find_first_of("/?"));
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return std::nullopt;
  const std::size_t colon = authority.find(':', bracket);
  address.host = authority.substr(0, colon);
  const std::string_view port =
      colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
  if (!is_host(address.host) || !is_port(port)) return std::nullopt;
  address.rest = after.substr(address.host.size());
  return address;
}

bool is_safe_address(std::string_view text, bool loopback) {
  const std::optional<WebAddress> address = parse_web_address(text);
  return address && (address->scheme == "https" || (loopback && is_loopback(address->host)));
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string form_of(std::span<const std::pair<std::string_view, std::string_view>> fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form += fmt::format("{}={}", percent_encoded(name), percent_encoded(value));
  }
  return form;
}

}  // namespace meno
