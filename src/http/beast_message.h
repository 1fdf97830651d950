// From Beast's messages to ours. Internal to session.cc.
#pragma once

#include <iterator>
#include <optional>
#include <string>

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include "http/message.h"
#include "http/raw_header.h"
#include "http/server.h"

namespace meno {

using BeastRequest = boost::beast::http::request<boost::beast::http::string_body>;

inline Method method_of(boost::beast::http::verb verb) {
  switch (verb) {
    case boost::beast::http::verb::get:
      return Method::Get;
    case boost::beast::http::verb::head:
      return Method::Head;
    case boost::beast::http::verb::post:
      return Method::Post;
    case boost::beast::http::verb::put:
      return Method::Put;
    case boost::beast::http::verb::patch:
      return Method::Patch;
    case boost::beast::http::verb::delete_:
      return Method::Delete;
    default:
      return Method::Other;
  }
}

/// The reply to what could not be read as a request; nullopt when nobody is there to read it. (A
/// client that was too slow gets none: Beast closes the socket when the time is up.)
inline std::optional<HttpReply> refusal_of(const boost::system::error_code& fault,
                                           const ServerOptions& options) {
  namespace http = boost::beast::http;
  if (fault == http::error::header_limit || fault == http::error::buffer_overflow) {
    return error_reply(431, "invalid_input",
                       fmt::format("the header exceeds {} bytes", options.header_bytes));
  }
  if (fault == http::error::body_limit) {
    return error_reply(413, "invalid_input",
                       fmt::format("the body exceeds {} bytes ({} of {})", options.body_bytes,
                                   options.ndjson_bytes, kNdjson));
  }
  if (fault == http::error::end_of_stream || fault == http::error::partial_message)
    return std::nullopt;
  if (fault.category() == http::make_error_code(http::error::bad_method).category()) {
    return error_reply(
        400, "invalid_input",
        fmt::format("the request is malformed ({}), expected HTTP/1.1", fault.message()));
  }
  return std::nullopt;
}

inline std::size_t fields_of(const BeastRequest& message) {
  return static_cast<std::size_t>(std::distance(message.begin(), message.end()));
}

/// Why it is not clear where a request ends or whom it is for, as the end of "the request has ...";
/// nullopt when it is. Source: RFC 9112, sections 3.2 and 6.
inline std::optional<std::string_view> framing_fault(const BeastRequest& message) {
  using boost::beast::http::field;
  const std::size_t codings = message.count(field::transfer_encoding);
  if (codings > 0) {
    if (codings > 1 || message.count(field::content_length) > 0 || message.version() < 11)
      return "a Transfer-Encoding beside another one, beside a Content-Length, or in HTTP/1.0";
    if (!boost::beast::iequals(message[field::transfer_encoding], "chunked"))
      return "a Transfer-Encoding other than chunked";
  }
  if (message.count(field::content_length) > 1) return "more than one Content-Length";
  // Beast takes the first of a list.
  for (const char c : message[field::content_length])
    if (c < '0' || c > '9') return "a Content-Length that is no number";
  const std::size_t hosts = message.count(field::host);
  if (hosts > 1 || (hosts == 0 && message.version() == 11))
    return "no one Host field, expected it in HTTP/1.1";
  const boost::beast::string_view host = message[field::host];
  if (hosts == 1 && !is_host({host.data(), host.size()})) return "a Host field that is no host";
  return std::nullopt;
}

/// nullopt when the target names another host than the Host field.
inline std::optional<HttpRequest> request_of(BeastRequest message, const std::string& address) {
  using boost::beast::http::field;
  HttpRequest request;
  request.method = method_of(message.method());
  request.host = std::string(message[field::host]);
  const boost::beast::string_view sent = message.target();
  const auto target = origin_form({sent.data(), sent.size()}, request.host);
  if (!target) return std::nullopt;
  request.target = std::string(*target);
  request.content_type = std::string(message[field::content_type]);
  request.accept = std::string(message[field::accept]);
  request.if_match = std::string(message[field::if_match]);
  request.if_none_match = std::string(message[field::if_none_match]);
  request.idempotency_key = std::string(message["Idempotency-Key"]);
  request.authorization = std::string(message[field::authorization]);
  request.cookie = std::string(message[field::cookie]);
  request.origin = std::string(message[field::origin]);
  request.requested = std::string(message["X-Meno-Request"]);
  request.request_id = std::string(message["X-Request-Id"]);
  request.last_event = std::string(message["Last-Event-ID"]);
  request.ambiguous = message.count(field::authorization) > 1 || message.count(field::cookie) > 1;
  request.address = address;
  request.body = std::move(message.body());
  return request;
}

}  // namespace meno
