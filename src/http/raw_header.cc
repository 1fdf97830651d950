#include "http/raw_header.h"

#include <algorithm>

namespace meno {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_space(char c) { return c == ' ' || c == '\t'; }

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7F;
}

/// A name of a field ends at its colon: what stands between them is read differently by different
/// servers.
bool has_space_before_colon(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 && is_space(line[colon - 1]);
}

std::optional<std::string_view> line_fault(std::string_view line, bool is_first) {
  if (line.find('\n') != std::string_view::npos) return "a line feed without its carriage return";
  if (line.find('\r') != std::string_view::npos) return "a carriage return that ends no line";
  if (is_first || line.empty()) return std::nullopt;
  if (is_space(line.front())) return "a field folded over two lines";
  if (has_space_before_colon(line)) return "white space before the colon of a field";
  return std::nullopt;
}

/// The length of "http://" or "https://" at the front of `target`, in any case; 0 for neither.
std::size_t scheme_size(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    const std::string_view front = target.substr(0, scheme.size());
    const bool same = std::equal(
        front.begin(), front.end(), scheme.begin(), scheme.end(), [](char have, char want) {
          return (have >= 'A' && have <= 'Z' ? have - 'A' + 'a' : static_cast<int>(have)) ==
                 static_cast<int>(want);
        });
    if (same) return scheme.size();
  }
  return 0;
}

}  // namespace

std::size_t header_size(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  return end == std::string_view::npos ? 0 : end + 4;
}

std::optional<std::string_view> header_fault(std::string_view bytes) {
  if (std::any_of(bytes.begin(), bytes.end(), is_control)) return "a control character";
  bool is_first = true;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find(kLineEnd);
    std::string_view line = bytes.substr(0, end);
    // The line that is still coming may end in the first half of its end.
    if (end == std::string_view::npos && line.back() == '\r') line.remove_suffix(1);
    if (const auto fault = line_fault(line, is_first)) return fault;
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + kLineEnd.size());
    is_first = false;
  }
  return std::nullopt;
}

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~:[]%").find(c) != std::string_view::npos;
  });
}

std::optional<std::string_view> origin_form(std::string_view target, std::string_view host) {
  const std::size_t scheme = scheme_size(target);
  if (scheme == 0) return target;
  target.remove_prefix(scheme);
  const std::size_t slash = std::min(target.find('/'), target.size());
  if (target.substr(0, slash) != host) return std::nullopt;
  return slash == target.size() ? std::string_view("/") : target.substr(slash);
}

}  // namespace meno
