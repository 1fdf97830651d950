#include "http/message.h"

#include <algorithm>
#include <utility>

#include "http/json_writer.h"

namespace meno {
namespace {

/// What a status is called: RFC 9110, section 15; RFC 6585 for 428 to 431.
constexpr std::pair<int, std::string_view> kTitles[] = {
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

std::string_view title_of(int status) {
  const auto* const row = std::find_if(std::begin(kTitles), std::end(kTitles),
                                       [status](const auto& each) { return each.first == status; });
  return row == std::end(kTitles) ? "Error" : row->second;
}

/// The name in quotes that the sentence begins with; "" when there is none.
std::string_view field_in(std::string_view detail) {
  if (detail.empty() || detail.front() != '"') return {};
  const std::string_view rest = detail.substr(1);
  const std::size_t end = rest.find('"');
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

}  // namespace

std::string_view name_of(Method method) {
  constexpr std::string_view kNames[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER"};
  return kNames[static_cast<std::size_t>(method)];
}

HttpReply error_reply(const Error& error) {
  return error_reply(http_status(error.kind), name_of(error.kind), error.message);
}

HttpReply error_reply(int status, std::string_view code, std::string_view detail) {
  JsonWriter json;
  // "about:blank": the status says what kind of problem it is, `code` what to do about it.
  json.begin_object().key("type").text("about:blank").key("title").text(title_of(status));
  json.key("status").integer(status).key("detail").text(detail).key("code").text(code);
  if (const std::string_view field = field_in(detail); !field.empty())
    json.key("field").text(field);
  // As replies were before they were problems: programs read it.
  json.key("error").begin_object();
  json.key("kind").text(code).key("message").text(detail).end_object().end_object();
  HttpReply reply;
  reply.status = status;
  reply.content_type = kProblem;
  reply.body = json.take();
  return reply;
}

void add_request_id(HttpReply& reply, std::string_view request_id) {
  if (reply.content_type != kProblem || reply.body.empty() || request_id.empty()) return;
  JsonWriter json;
  json.begin_object().key("request_id").text(request_id).end_object();
  reply.body.pop_back();
  reply.body += ',' + json.take().substr(1);
}

}  // namespace meno
