// Requests and replies as the routes see them: no library's types.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"

namespace meno {

/// JSON documents, one a line. Bodies of this type may be as long as ServerOptions::ndjson_bytes.
inline constexpr std::string_view kNdjson = "application/x-ndjson";

/// A page for people.
inline constexpr std::string_view kPage = "text/html";

/// Server-sent events; the schema of such a reply is that of one event's data.
inline constexpr std::string_view kEventStream = "text/event-stream";

enum class Method { Get, Head, Post, Put, Patch, Delete, Other };

/// What a refusal is written in: RFC 9457.
inline constexpr std::string_view kProblem = "application/problem+json";

/// "GET", ...; "OTHER" for what no route has.
std::string_view name_of(Method method);

struct HttpRequest {
  Method method = Method::Get;
  std::string target;  // as sent: path and query, percent-encoded
  std::string host;    // the Host field
  std::string content_type;
  std::string accept;
  std::string if_match;
  std::string if_none_match;
  std::string idempotency_key;
  std::string authorization;
  std::string cookie;
  std::string origin;      // of the page that asks, as browsers tell
  std::string requested;   // the X-Meno-Request field: what a page of another origin cannot set
  std::string last_event;  // the Last-Event-ID field: of a listener who comes back
  std::string request_id;  // the X-Request-Id field, as it came
  std::string address;     // the other end's IP address
  bool ambiguous = false;  // Authorization or Cookie is there more than once
  std::string body;
};

/// A reply that goes on: its text comes as things happen. Thread-safe.
class ReplyStream {
 public:
  ReplyStream() = default;
  ReplyStream(const ReplyStream&) = delete;
  ReplyStream& operator=(const ReplyStream&) = delete;
  ReplyStream(ReplyStream&&) = delete;
  ReplyStream& operator=(ReplyStream&&) = delete;
  virtual ~ReplyStream() = default;

  /// What has gathered since the last call, "" for nothing yet; nullopt when it is over.
  virtual std::optional<std::string> take() = 0;
  /// `ready` is called, on any thread, whenever take() would have something new to say.
  virtual void on_ready(std::function<void()> ready) = 0;
};

struct HttpReply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::shared_ptr<ReplyStream> stream;  // in place of a body; the connection ends with it
  std::uint64_t stored_seq = 0;         // of the answer that was stored, for the log; 0: none
};

/// Sends the reply; may be called on any thread, once.
using Respond = std::function<void(HttpReply)>;
using HttpHandler = std::function<void(HttpRequest, Respond)>;

/// Problem details with the kind's own status: schema Error. A refusal of one field or parameter
/// begins with its name in quotes, which is then also the member "field".
HttpReply error_reply(const Error& error);
/// The same where HTTP has a status that no ErrorKind has, e.g. 413.
HttpReply error_reply(int status, std::string_view code, std::string_view detail);
/// Puts the request's id into a problem; other replies stay as they are.
void add_request_id(HttpReply& reply, std::string_view request_id);

}  // namespace meno
