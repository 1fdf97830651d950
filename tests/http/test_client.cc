#include "test_client.h"

#include <array>
#include <cstdlib>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace meno {

TestClient::TestClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor_);
    descriptor_ = -1;
    return;
  }
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

TestClient::~TestClient() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void TestClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string TestClient::until(std::string_view mark) {
  std::size_t at = std::string::npos;
  while ((at = in_.find(mark)) == std::string::npos) {
    if (!read_more()) return "";
  }
  std::string text = in_.substr(0, at + mark.size());
  in_.erase(0, text.size());
  return text;
}

void TestClient::say_no_more() const { ::shutdown(descriptor_, SHUT_WR); }

bool TestClient::read_more() {
  std::array<char, 16384> bytes{};
  const ssize_t count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  in_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

RawReply TestClient::receive(bool head) {
  std::size_t end = std::string::npos;
  while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more()) return {};
  }
  RawReply reply;
  reply.header = in_.substr(0, end + 2);
  reply.status = std::atoi(reply.header.c_str() + 9);
  in_.erase(0, end + 4);
  const std::size_t field = reply.header.find("Content-Length: ");
  const std::size_t length = field == std::string::npos || head
                                 ? 0
                                 : std::strtoull(reply.header.c_str() + field + 16, nullptr, 10);
  while (in_.size() < length) {
    if (!read_more()) return {};
  }
  reply.body = in_.substr(0, length);
  in_.erase(0, length);
  return reply;
}

bool TestClient::closed() {
  while (read_more()) {
  }
  return true;
}

RawReply TestClient::get(std::string_view path) {
  send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path));
  return receive();
}

RawReply TestClient::post(std::string_view path, std::string_view json) {
  send(
      fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                  "application/json\r\nContent-Length: {}\r\n\r\n{}",
                  path, json.size(), json));
  return receive();
}

}  // namespace meno
