#include "http/message.h"

#include "http/json_writer.h"

namespace meno {

std::string_view name_of(Method method) {
  constexpr std::string_view kNames[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OTHER"};
  return kNames[static_cast<std::size_t>(method)];
}

HttpReply error_reply(const Error& error) {
  return error_reply(http_status(error.kind), name_of(error.kind), error.message);
}

HttpReply error_reply(int status, std::string_view kind, std::string_view message) {
  JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("kind").text(kind).key("message").text(message).end_object().end_object();
  HttpReply reply;
  reply.status = status;
  reply.body = json.take();
  return reply;
}

}  // namespace meno
