#include "http/listing.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/iso_time.h"
#include "core/secrets.h"
#include "http/path.h"

namespace meno {
namespace {

constexpr std::string_view kCsvType = "text/csv";
/// Without it spreadsheets take UTF-8 for the encoding of their country.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string cursor_of(const PageAsk& ask, std::string_view key) {
  return base64url(fmt::format("{}\n{}", ask.listing, key));
}

Error no_cursor() {
  return invalid_input(
      "\"cursor\" is none of this listing, expected the \"next\" of its last page");
}

Result<std::string> key_in(std::string_view listing, std::string_view cursor) {
  if (cursor.empty()) return std::string();
  const std::optional<std::string> text = from_base64url(cursor);
  if (!text || text->rfind(fmt::format("{}\n", listing), 0) != 0) return no_cursor();
  std::string key = text->substr(listing.size() + 1);
  if (key.empty() || key.size() > kLongestId || !is_plain_text(key)) return no_cursor();
  return key;
}

/// Whether the Accept field names CSV before JSON.
bool accepts_csv(std::string_view accept) {
  const std::size_t csv = accept.find(kCsvType);
  return csv != std::string_view::npos && csv < accept.find("application/json");
}

Result<bool> wants_csv(const RouteCall& call) {
  const std::string_view format = call.query("format");
  if (format.empty()) return accepts_csv(call.accept());
  if (format == "csv" || format == "json") return format == "csv";
  return invalid_input(
      fmt::format("\"format\" is \"{}\", expected json or csv", format.substr(0, 40)));
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// The same request with another cursor, relative to its own address: RFC 8288.
std::string link_to(const RouteCall& call, const std::string& cursor) {
  std::string target = "<?";
  for (const auto& [name, value] : call.queries()) {
    if (name != kCursor.name) target += fmt::format("{}={}&", name, percent_encoded(value));
  }
  return fmt::format("{}cursor={}>; rel=\"next\"", target, cursor);
}

}  // namespace

Result<PageAsk> page_ask(std::string_view listing, const RouteCall& call) {
  PageAsk ask{.listing = listing, .limit = static_cast<std::size_t>(call.query_integer(kLimit))};
  MENO_TRY(ask.after, key_in(listing, call.query(kCursor.name)));
  MENO_TRY(ask.csv, wants_csv(call));
  return ask;
}

Result<std::uint64_t> number_after(const PageAsk& ask) {
  std::uint64_t number = 0;
  if (ask.after.empty()) return number;
  const char* const end = ask.after.data() + ask.after.size();
  const auto [stop, fault] = std::from_chars(ask.after.data(), end, number);
  if (fault != std::errc() || stop != end || number > std::uint64_t{1} << 62U) return no_cursor();
  return number;
}

Result<TimePoint> query_time(const RouteCall& call, std::string_view name) {
  const std::string_view text = call.query(name);
  if (text.empty()) return kNoTime;
  return parse_iso_time(text, name);
}

PageReply::PageReply(const PageAsk& ask, std::string_view member, const WriteRow& blank)
    : ask_(ask) {
  if (!ask_.csv) {
    json_.begin_object().key(member).begin_array();
    return;
  }
  // Later pages have no header: one after the other they are one file.
  if (!ask_.after.empty()) return;
  CsvHeader header;
  blank(header);
  csv_ = fmt::format("{}{}\r\n", kByteOrderMark, fmt::join(header.names(), ","));
}

void PageReply::add(const WriteRow& row) {
  if (ask_.csv) {
    CsvRow line(csv_);
    row(line);
    line.end_line();
    return;
  }
  json_.begin_object();
  JsonRow object(json_);
  row(object);
  json_.end_object();
}

HttpReply PageReply::finish(const RouteCall& call, std::string_view last_key) {
  const std::string cursor = last_key.empty() ? std::string() : cursor_of(ask_, last_key);
  HttpReply reply;
  if (!cursor.empty()) reply.headers.emplace_back("Link", link_to(call, cursor));
  reply.headers.emplace_back("Vary", "Accept");
  if (ask_.csv) {
    reply.content_type = fmt::format("{}; charset=utf-8; header={}", kCsvType,
                                     ask_.after.empty() ? "present" : "absent");
    reply.headers.emplace_back("Content-Disposition",
                               fmt::format("attachment; filename=\"{}.csv\"", ask_.listing));
    reply.body = std::move(csv_);
    return reply;
  }
  json_.end_array().key("next");
  cursor.empty() ? json_.null() : json_.text(cursor);
  json_.end_object();
  reply.body = json_.take();
  return reply;
}

}  // namespace meno
