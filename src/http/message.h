// Requests and replies as the routes see them: no library's types.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"

namespace meno {

/// JSON documents, one a line. Bodies of this type may be as long as ServerOptions::ndjson_bytes.
inline constexpr std::string_view kNdjson = "application/x-ndjson";

enum class Method { Get, Head, Post, Put, Patch, Delete, Other };

/// "GET", ...; "OTHER" for what no route has.
std::string_view name_of(Method method);

struct HttpRequest {
  Method method = Method::Get;
  std::string target;  // as sent: path and query, percent-encoded
  std::string host;    // the Host field
  std::string content_type;
  std::string if_none_match;
  std::string authorization;
  std::string cookie;
  std::string origin;      // of the page that asks, as browsers tell
  std::string requested;   // the X-Meno-Request field: what a page of another origin cannot set
  std::string request_id;  // the X-Request-Id field, as it came
  std::string address;     // the other end's IP address
  bool ambiguous = false;  // Authorization or Cookie is there more than once
  std::string body;
};

struct HttpReply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::uint64_t stored_seq = 0;  // of the answer that was stored, for the log; 0: none
};

/// Sends the reply; may be called on any thread, once.
using Respond = std::function<void(HttpReply)>;
using HttpHandler = std::function<void(HttpRequest, Respond)>;

/// {"error": {"kind", "message"}} with the kind's own status.
HttpReply error_reply(const Error& error);
/// The same where HTTP has a status that no ErrorKind has, e.g. 413.
HttpReply error_reply(int status, std::string_view kind, std::string_view message);

}  // namespace meno
