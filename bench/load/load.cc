// load: how many answers a second the server makes durable, closed loop, against its own GET
// /v1/health in the same run; or, with --rate, how long replies take when so many are offered. One
// thread, epoll, keep-alive connections to 127.0.0.1 only, bounded in time. Prints one JSON
// document.
//
//   meno serve --store /tmp/load.db --run RUN --port 8080 &
//   bench/load --port 8080 --connections 32 --seconds 5
//   bench/load --port 8080 --start 5000     a district presses Start: so many students within 1 s
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"
#include "start.h"

namespace {

struct Arguments {
  int port = 8080;
  int connections = 32;
  double seconds = 5.0;
  int students = 1000;
  double rate = 0.0;          // answers offered a second; 0: as fast as replies come (closed loop)
  int start = 0;              // students who press Start within a second; 0: the loops above
  std::string next = "full";  // how much of the next recommendation each reply holds
};

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

/// Requests over a number of connections until the time is up.
class Run {
 public:
  using Next = std::function<std::string()>;

  Run(const Arguments& arguments, double rate, Next next)
      : arguments_(arguments), interval_(rate > 0.0 ? 1.0 / rate : 0.0), next_(std::move(next)) {
    connections_.resize(static_cast<std::size_t>(arguments.connections));
    for (std::size_t k = 0; k < connections_.size(); ++k) {
      connections_[k].descriptor = connect_to(arguments.port);
      epoll_event event{.events = EPOLLIN, .data = {.u64 = k}};
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[k].descriptor, &event);
      idle_.push_back(k);
    }
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  Run(Run&&) = delete;
  Run& operator=(Run&&) = delete;
  ~Run() {
    for (const Connection& connection : connections_) ::close(connection.descriptor);
    ::close(poll_);
  }

  Measured measure() {
    const Clock::time_point begin = Clock::now();
    const Clock::time_point end = begin + duration(arguments_.seconds);
    due_ = begin;
    while (Clock::now() < end) {
      send_what_is_due();
      take_replies();
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    measured_.per_second = static_cast<double>(measured_.requests) / seconds;
    measured_.p50_ms = quantile_ms(milliseconds_, 0.5);
    measured_.p99_ms = quantile_ms(milliseconds_, 0.99);
    return measured_;
  }

 private:
  static Clock::duration duration(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }
  bool closed() const { return interval_ == 0.0; }

  /// Closed loop: every idle connection asks at once. At a rate: one request an interval, however
  /// long the replies take; one that finds no idle connection waits, and its waiting counts.
  void send_what_is_due() {
    const Clock::time_point now = Clock::now();
    while (!idle_.empty() && (closed() || due_ <= now)) {
      Connection& connection = connections_[idle_.front()];
      idle_.pop_front();
      connection.due = closed() ? Clock::now() : due_;
      if (!closed()) due_ += duration(interval_);
      send_all(connection, next_());
    }
  }

  void take_replies() {
    std::array<epoll_event, 256> events{};
    const int wait_ms = closed() ? 100 : 0;  // an interval is shorter than a millisecond
    const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), wait_ms);
    for (int e = 0; e < ready; ++e) {
      const std::size_t k = events[static_cast<std::size_t>(e)].data.u64;
      Connection& connection = connections_[k];
      const std::size_t whole = receive(connection);
      if (whole == 0) continue;
      milliseconds_.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - connection.due).count());
      ++measured_.requests;
      if (status_of(connection) != 200) ++measured_.refused;
      connection.in.erase(0, whole);
      idle_.push_back(k);
    }
    if (ready == 0 && !closed()) ::usleep(kPauseUs);
  }

  static constexpr useconds_t kPauseUs = 100;  // leaves the processor to the server

  const Arguments& arguments_;
  double interval_;  // seconds between requests; 0: closed loop
  Next next_;
  int poll_ = ::epoll_create1(0);
  std::vector<Connection> connections_;
  std::deque<std::size_t> idle_;
  Clock::time_point due_;
  Measured measured_;
  std::vector<double> milliseconds_;
};

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
    else if (flag == "--rate")
      arguments.rate = std::clamp(value, 0.0, 100'000.0);
    else if (flag == "--start")
      arguments.start = std::clamp(static_cast<int>(value), 0, 20'000);
    else if (flag == "--next")
      arguments.next = argv[k + 1];
    else
      give_up(fmt::format(
          "{} is no flag, expected --port, --connections, --seconds, --students, --rate, --start "
          "or --next",
          flag));
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
  if (arguments.start > 0) return press_start(arguments.port, course, arguments.start);
  const auto stamp = std::chrono::system_clock::now().time_since_epoch().count();
  for (int s = 0; s < arguments.students; ++s) {
    ask(arguments.port,
        post(fmt::format("/v1/courses/{}/students", course),
             fmt::format(R"({{"id":"load-{}-{}","display_name":"Load {}"}})", stamp, s, s)));
  }
  const Measured health = Run(arguments, 0.0, [] { return get("/v1/health"); }).measure();
  std::uint64_t sent = 0;
  Run answering(arguments, arguments.rate, [&] {
    ++sent;
    return post(
        "/v1/answers?next=" + arguments.next,
        fmt::format(
            R"({{"event_id":"{}-{}","course_id":"{}","student_id":"load-{}-{}","item_id":"{}","correct":{},"response_ms":4000}})",
            stamp, sent, course, stamp, sent % static_cast<std::uint64_t>(arguments.students),
            item_ids[sent * 7 % item_ids.size()], sent % 3 != 0));
  });
  const Measured answers = answering.measure();
  const nlohmann::ordered_json document = {
      {"connections", arguments.connections},
      {"seconds", arguments.seconds},
      {"next", arguments.next},
      {"rate", arguments.rate},
      {"health", to_json(health)},
      {"answers", to_json(answers)},
      {"answers_to_health", answers.per_second / health.per_second}};
  fmt::print("{}\n", document.dump());
  return answers.refused == 0 ? 0 : 1;
}
