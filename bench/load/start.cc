#include "start.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"

namespace {

constexpr double kWithinSeconds = 1.0;
constexpr double kPatienceSeconds = 30.0;

struct Student {
  int descriptor = -1;
  bool sent = false;
  std::string request;
  std::string in;
  Clock::time_point due;
};

struct Outcome {
  std::vector<double> milliseconds;
  int refused = 0;
  int late = 0;  // sent more than 10 ms after their time: the generator's own fault
};

Clock::duration of_seconds(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

void ask_for_descriptors(int students) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(students) + 64);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Begins to connect; -1 when that fails at once.
int begin_to_connect(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (descriptor < 0) return -1;
  const int done =
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (done == 0 || errno == EINPROGRESS) return descriptor;
  ::close(descriptor);
  return -1;
}

class Start {
 public:
  Start(int port, std::vector<Student> students) : port_(port), students_(std::move(students)) {}
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;
  Start(Start&&) = delete;
  Start& operator=(Start&&) = delete;
  ~Start() { ::close(poll_); }

  Outcome run() {
    const Clock::time_point begin = Clock::now();
    const Clock::time_point end = begin + of_seconds(kPatienceSeconds);
    const double apart = kWithinSeconds / static_cast<double>(students_.size());
    for (std::size_t k = 0; k < students_.size(); ++k)
      students_[k].due = begin + of_seconds(apart * static_cast<double>(k));
    while (over_ < students_.size() && Clock::now() < end) {
      connect_who_is_due();
      take_events();
    }
    outcome_.refused += static_cast<int>(students_.size() - over_);
    return std::move(outcome_);
  }

 private:
  void connect_who_is_due() {
    const Clock::time_point now = Clock::now();
    while (next_ < students_.size() && students_[next_].due <= now) {
      Student& student = students_[next_];
      if (now - student.due > std::chrono::milliseconds(10)) ++outcome_.late;
      student.descriptor = begin_to_connect(port_);
      if (student.descriptor < 0) {
        finish(student, false);
      } else {
        epoll_event event{.events = EPOLLIN | EPOLLOUT, .data = {.u64 = next_}};
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, student.descriptor, &event);
      }
      ++next_;
    }
  }

  void take_events() {
    std::array<epoll_event, 512> events{};
    const int ready = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 1);
    for (int e = 0; e < ready; ++e) {
      const epoll_event& event = events[static_cast<std::size_t>(e)];
      Student& student = students_[event.data.u64];
      if (student.descriptor < 0) continue;
      if (!student.sent) {
        send_request(student, event.data.u64);
      } else {
        take_reply(student);
      }
    }
  }

  void send_request(Student& student, std::uint64_t index) {
    const ssize_t count =
        ::send(student.descriptor, student.request.data(), student.request.size(), MSG_NOSIGNAL);
    if (count != static_cast<ssize_t>(student.request.size())) return finish(student, false);
    student.sent = true;
    epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
    ::epoll_ctl(poll_, EPOLL_CTL_MOD, student.descriptor, &event);
  }

  void take_reply(Student& student) {
    std::array<char, 65536> bytes{};
    const ssize_t count = ::recv(student.descriptor, bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return finish(student, false);
    student.in.append(bytes.data(), static_cast<std::size_t>(count));
    if (whole_reply(student.in) == 0) return;
    finish(student, student.in.compare(0, 12, "HTTP/1.1 200") == 0);
  }

  void finish(Student& student, bool answered) {
    ++over_;
    if (answered) {
      outcome_.milliseconds.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - student.due).count());
    } else {
      ++outcome_.refused;
    }
    if (student.descriptor < 0) return;
    ::epoll_ctl(poll_, EPOLL_CTL_DEL, student.descriptor, nullptr);
    if (answered) return;  // and stays connected, as a browser does
    ::close(student.descriptor);
    student.descriptor = -1;
  }

  int port_;
  std::vector<Student> students_;
  int poll_ = ::epoll_create1(0);
  std::size_t next_ = 0;
  std::size_t over_ = 0;
  Outcome outcome_;
};

double at_share(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0.0;
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int press_start(int port, const std::string& course, int students) {
  ask_for_descriptors(students);
  const auto stamp = std::chrono::system_clock::now().time_since_epoch().count();
  std::vector<Student> all(static_cast<std::size_t>(students));
  for (int s = 0; s < students; ++s) {
    const std::string id = fmt::format("start-{}-{}", stamp, s);
    ask(port, post(fmt::format("/v1/courses/{}/students", course),
                   fmt::format(R"({{"id":"{}","display_name":"Start {}"}})", id, s)));
    all[static_cast<std::size_t>(s)].request =
        get(fmt::format("/v1/students/{}/recommendations?course_id={}&count=1", id, course));
  }
  Outcome outcome = Start(port, std::move(all)).run();
  std::sort(outcome.milliseconds.begin(), outcome.milliseconds.end());
  fmt::print(
      R"({{"students":{},"within_s":{},"answered":{},"refused":{},"sent_late":{},"p50_ms":{:.1f},"p99_ms":{:.1f},"worst_ms":{:.1f}}})"
      "\n",
      students, kWithinSeconds, outcome.milliseconds.size(), outcome.refused, outcome.late,
      at_share(outcome.milliseconds, 0.5), at_share(outcome.milliseconds, 0.99),
      outcome.milliseconds.empty() ? 0.0 : outcome.milliseconds.back());
  return outcome.refused == 0 ? 0 : 1;
}
