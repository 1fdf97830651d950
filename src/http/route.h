// Route: one operation of the API as data. The tables of routes/*.cc are all there is to know about
// the API: the router, the checks of parameters and /openapi.json read the same rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "http/message.h"
#include "service/accounts/principal.h"
#include "service/services.h"

namespace meno {

class Observer;

/// The least that a caller with an account must be. Who is more sees more; see Access.
enum class Who {
  Nobody,  // a row without a declaration: refused, and a test fails
  Anyone,  // without signing in
  Student,
  Teacher,
  SchoolAdmin,
  PlatformAdmin,
};

std::string_view name_of(Who who);

/// Who may call a route: an account that is `who` or more, or a service key with `scope`. Beyond
/// that the guard holds the course and the student of the request against what the caller sees. It
/// finds them by their names, {course_id} and {student_id} in the path, else in the query, else in
/// the body: a route that is about a course or a student must name it so. A route about a
/// course that lists its students asks RouteCall::caller() whom to leave out.
struct Access {
  Who who = Who::Nobody;
  std::string_view scope = {};  // one of kScopes; "" where `who` is Anyone
  /// The request names neither: the handler itself tells callers only what they see.
  bool narrows = false;
};

/// Where a handler runs: Quick ones on the I/O threads, those that may read the store at length on
/// worker threads.
enum class Lane { Quick, Worker };

/// Longest id in bytes, in paths, queries and bodies.
inline constexpr std::size_t kLongestId = 200;

/// A parameter of the query. Text is an id: 1..kLongestId bytes of plain UTF-8.
struct QueryParameter {
  std::string_view name = {};
  std::string_view summary = {};
  bool required = false;
  bool integer = false;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::int64_t fallback = 0;
  std::size_t longest = kLongestId;  // of text
};

/// A request that matched: parameters decoded and checked against the route's row.
class RouteCall {
 public:
  RouteCall(std::vector<std::string> path,
            std::vector<std::pair<std::string_view, std::string>> query, std::string body)
      : path_(std::move(path)), query_(std::move(query)), body_(std::move(body)) {}

  /// The k-th "{...}" of the path.
  const std::string& path(std::size_t k) const { return path_[k]; }
  /// "" when absent.
  std::string_view query(std::string_view name) const;
  std::int64_t query_integer(const QueryParameter& parameter) const;
  std::string& body() { return body_; }
  /// Who asks: anybody() until the guard has said.
  const Principal& caller() const { return caller_ ? *caller_ : anybody(); }
  /// Where the request came from, an IP address.
  const std::string& address() const { return address_; }
  /// All parameters of the query, as checked.
  const std::vector<std::pair<std::string_view, std::string>>& queries() const { return query_; }
  /// The fields of these names, "" when absent.
  const std::string& accept() const { return accept_; }
  const std::string& if_match() const { return if_match_; }

  /// The Cookie field as it came; the session's is for the guard alone.
  const std::string& cookies() const { return cookies_; }
  void set_cookies(std::string cookies) { cookies_ = std::move(cookies); }

  void set_conditions(std::string accept, std::string if_match) {
    accept_ = std::move(accept);
    if_match_ = std::move(if_match);
  }
  /// The last event that a listener who comes back has heard; "" for none.
  const std::string& last_event() const { return last_event_; }

  void set_caller(std::shared_ptr<const Principal> caller) { caller_ = std::move(caller); }
  /// The id under which the request is logged, and its reply known.
  const std::string& request_id() const { return request_id_; }
  /// What watches the server; null in tests of a handler alone.
  const Observer* observer() const { return observer_; }
  void set_address(std::string address) { address_ = std::move(address); }
  void set_last_event(std::string event) { last_event_ = std::move(event); }
  void set_observed(const Observer* observer, std::string request_id) {
    observer_ = observer;
    request_id_ = std::move(request_id);
  }

 private:
  std::vector<std::string> path_;
  std::vector<std::pair<std::string_view, std::string>> query_;
  std::string body_;
  std::shared_ptr<const Principal> caller_;
  std::string address_;
  std::string accept_;
  std::string if_match_;
  std::string cookies_;
  std::string last_event_;
  std::string request_id_;
  const Observer* observer_ = nullptr;
};

struct Route {
  Method method = Method::Get;
  std::string_view path = {};  // segments in braces are parameters
  std::string_view operation = {};
  Access access = {};
  Lane lane = Lane::Worker;
  std::string_view summary = {};
  std::span<const QueryParameter> query = {};
  std::string_view body_schema = {};                 // "" = no body
  std::string_view body_type = "application/json";   // or kNdjson: `body_schema` is of one line
  std::string_view reply_schema = {};                // "" = a page, or no body
  std::string_view reply_type = "application/json";  // or kEventStream
  int success = 200;
  std::span<const ErrorKind> errors = {};  // beyond InvalidInput and Internal
  /// Pages of a listing: http/listing.h. Replies are JSON or CSV.
  bool listing = false;
  /// Replies carry an ETag: If-None-Match saves reading them again.
  bool tagged = false;
  /// A change of what has an ETag: refused with 412 when If-Match names another.
  bool conditional = false;
  /// Asked again with the same Idempotency-Key, it is not done again.
  bool once = false;
  /// Parameters that no row of `query` names are ignored: who calls is told by others what to send.
  bool other_parameters = false;
  /// Decodes, calls one use case, encodes. Calls `respond` once, on any thread.
  void (*handle)(Services& services, RouteCall call, Respond respond) = nullptr;
};

/// A handler that answers at once: `F` is Result<std::string>(Services&, RouteCall&) and returns
/// the JSON body.
template <auto F, int Status = 200>
void at_once(Services& services, RouteCall call,
             Respond respond) {  // NOLINT(performance-unnecessary-value-param)
  Result<std::string> body = F(services, call);
  if (!body) return respond(error_reply(body.error()));
  HttpReply reply;
  reply.status = Status;
  reply.body = *std::move(body);
  respond(std::move(reply));
}

/// The same for an `F` that makes the whole reply: Result<HttpReply>(Services&, RouteCall&).
template <auto F>
void replied(Services& services, RouteCall call,
             Respond respond) {  // NOLINT(performance-unnecessary-value-param)
  Result<HttpReply> reply = F(services, call);
  respond(reply ? *std::move(reply) : error_reply(reply.error()));
}

}  // namespace meno
