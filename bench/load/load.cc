// load: how many answers a second the server makes durable, closed loop, against its own GET
// /v1/health in the same run. One thread, epoll, keep-alive connections to 127.0.0.1 only, bounded
// in time. Prints one JSON document.
//
//   meno serve --store /tmp/load.db --run RUN --port 8080 &
//   bench/load --port 8080 --connections 32 --seconds 5
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nlohmann/json.hpp>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

struct Arguments {
  int port = 8080;
  int connections = 32;
  double seconds = 5.0;
  int students = 1000;
  std::string next = "full";  // how much of the next recommendation each reply holds
};

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "load: {}\n", why);
  std::exit(1);
}

/// One keep-alive connection with at most one request under way.
struct Connection {
  int descriptor = -1;
  std::string in;
  Clock::time_point sent_at;
};

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
  connection.sent_at = Clock::now();
  while (!bytes.empty()) {
    const ssize_t count = ::send(connection.descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) give_up("the server closed a connection");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// Reads what is there; the length of the whole reply at the front of `in`, or 0 while it is
/// incomplete.
std::size_t receive(Connection& connection) {
  std::array<char, 65536> bytes{};
  const ssize_t count = ::recv(connection.descriptor, bytes.data(), bytes.size(), 0);
  if (count <= 0) give_up("the server closed a connection");
  connection.in.append(bytes.data(), static_cast<std::size_t>(count));
  const std::size_t header = connection.in.find("\r\n\r\n");
  if (header == std::string::npos) return 0;
  const std::size_t field = connection.in.find("Content-Length: ");
  if (field == std::string::npos || field > header) give_up("a reply without Content-Length");
  const std::size_t length = std::strtoull(connection.in.c_str() + field + 16, nullptr, 10);
  const std::size_t whole = header + 4 + length;
  return connection.in.size() < whole ? 0 : whole;
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

/// One request on a connection of its own; the reply's body.
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

struct Measured {
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;  // any status but 200
  double per_second = 0.0;
  double p50_ms = 0.0;
  double p99_ms = 0.0;
};

double quantile_ms(std::vector<double>& milliseconds, double share) {
  if (milliseconds.empty()) return 0.0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(milliseconds.size() - 1));
  std::nth_element(milliseconds.begin(), milliseconds.begin() + at, milliseconds.end());
  return milliseconds[static_cast<std::size_t>(at)];
}

/// Every connection sends `next()` and, once answered, the next one, until the time is up.
Measured closed_loop(const Arguments& arguments,
                     const std::function<std::string(std::size_t)>& next) {
  const int poll = ::epoll_create1(0);
  std::vector<Connection> connections(static_cast<std::size_t>(arguments.connections));
  for (std::size_t k = 0; k < connections.size(); ++k) {
    connections[k].descriptor = connect_to(arguments.port);
    epoll_event event{.events = EPOLLIN, .data = {.u64 = k}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, connections[k].descriptor, &event);
  }
  Measured measured;
  std::vector<double> milliseconds;
  const Clock::time_point begin = Clock::now();
  const Clock::time_point end = begin + std::chrono::duration_cast<Clock::duration>(
                                            std::chrono::duration<double>(arguments.seconds));
  for (std::size_t k = 0; k < connections.size(); ++k) send_all(connections[k], next(k));
  std::array<epoll_event, 256> events{};
  while (Clock::now() < end) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 100);
    for (int e = 0; e < ready; ++e) {
      const std::size_t k = events[static_cast<std::size_t>(e)].data.u64;
      Connection& connection = connections[k];
      const std::size_t whole = receive(connection);
      if (whole == 0) continue;
      milliseconds.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - connection.sent_at).count());
      ++measured.requests;
      if (status_of(connection) != 200) ++measured.refused;
      connection.in.erase(0, whole);
      send_all(connection, next(k));
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  for (const Connection& connection : connections) ::close(connection.descriptor);
  ::close(poll);
  measured.per_second = static_cast<double>(measured.requests) / seconds;
  measured.p50_ms = quantile_ms(milliseconds, 0.5);
  measured.p99_ms = quantile_ms(milliseconds, 0.99);
  return measured;
}

nlohmann::ordered_json to_json(const Measured& measured) {
  return {{"requests", measured.requests},
          {"refused", measured.refused},
          {"per_second", measured.per_second},
          {"p50_ms", measured.p50_ms},
          {"p99_ms", measured.p99_ms}};
}

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  for (int k = 1; k + 1 < argc; k += 2) {
    const std::string_view flag = argv[k];
    const double value = std::atof(argv[k + 1]);
    if (flag == "--port")
      arguments.port = static_cast<int>(value);
    else if (flag == "--connections")
      arguments.connections = std::clamp(static_cast<int>(value), 1, 1000);
    else if (flag == "--seconds")
      arguments.seconds = std::clamp(value, 0.1, 60.0);
    else if (flag == "--students")
      arguments.students = std::clamp(static_cast<int>(value), 1, 100'000);
    else if (flag == "--next")
      arguments.next = argv[k + 1];
    else
      give_up(fmt::format(
          "{} is no flag, expected --port, --connections, --seconds, --students or --next", flag));
  }
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments = parse(argc, argv);
  const auto courses = nlohmann::json::parse(ask(arguments.port, get("/v1/courses")));
  const std::string course = courses.at("courses").at(0).at("id");
  const auto items = nlohmann::json::parse(
      ask(arguments.port, get(fmt::format("/v1/courses/{}/items?limit=1000", course))));
  std::vector<std::string> item_ids;
  for (const auto& item : items.at("items")) item_ids.push_back(item.at("id"));
  const auto stamp = std::chrono::system_clock::now().time_since_epoch().count();
  for (int s = 0; s < arguments.students; ++s) {
    ask(arguments.port,
        post(fmt::format("/v1/courses/{}/students", course),
             fmt::format(R"({{"id":"load-{}-{}","display_name":"Load {}"}})", stamp, s, s)));
  }
  const Measured health = closed_loop(arguments, [](std::size_t) { return get("/v1/health"); });
  std::uint64_t sent = 0;
  const Measured answers = closed_loop(arguments, [&](std::size_t /*connection*/) {
    ++sent;
    return post(
        "/v1/answers?next=" + arguments.next,
        fmt::format(
            R"({{"event_id":"{}-{}","course_id":"{}","student_id":"load-{}-{}","item_id":"{}","correct":{},"response_ms":4000}})",
            stamp, sent, course, stamp, sent % static_cast<std::uint64_t>(arguments.students),
            item_ids[sent * 7 % item_ids.size()], sent % 3 != 0));
  });
  const nlohmann::ordered_json document = {
      {"connections", arguments.connections},
      {"seconds", arguments.seconds},
      {"next", arguments.next},
      {"health", to_json(health)},
      {"answers", to_json(answers)},
      {"answers_to_health", answers.per_second / health.per_second}};
  fmt::print("{}\n", document.dump());
  return answers.refused == 0 ? 0 : 1;
}
