#include "client.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

void give_up(const std::string& why) {
  fmt::print(stderr, "load: {}\n", why);
  std::exit(1);
}

int connect_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    give_up(fmt::format("nobody listens on 127.0.0.1 port {}", port));
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return descriptor;
}

void send_all(Connection& connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(connection.descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) give_up("the server closed a connection");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::size_t receive(Connection& connection) {
  std::array<char, 65536> bytes{};
  const ssize_t count = ::recv(connection.descriptor, bytes.data(), bytes.size(), 0);
  if (count <= 0) give_up("the server closed a connection");
  connection.in.append(bytes.data(), static_cast<std::size_t>(count));
  return whole_reply(connection.in);
}

std::size_t whole_reply(const std::string& in) {
  const std::size_t header = in.find("\r\n\r\n");
  if (header == std::string::npos) return 0;
  const std::size_t field = in.find("Content-Length: ");
  if (field == std::string::npos || field > header) give_up("a reply without Content-Length");
  const std::size_t length = std::strtoull(in.c_str() + field + 16, nullptr, 10);
  const std::size_t whole = header + 4 + length;
  return in.size() < whole ? 0 : whole;
}

int status_of(const Connection& connection) { return std::atoi(connection.in.c_str() + 9); }

std::string get(std::string_view path) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
}

std::string post(std::string_view path, std::string_view body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
      "{}\r\n\r\n{}",
      path, body.size(), body);
}

std::string ask(int port, const std::string& request) {
  Connection connection;
  connection.descriptor = connect_to(port);
  send_all(connection, request);
  std::size_t whole = 0;
  while (whole == 0) whole = receive(connection);
  ::close(connection.descriptor);
  if (status_of(connection) >= 300) give_up(connection.in);
  return connection.in.substr(connection.in.find("\r\n\r\n") + 4);
}
