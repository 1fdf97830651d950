// Observer: every request counted, given an id and, where asked, logged. RequestWatch follows one
// from its arrival to its reply.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"
#include "http/request_counts.h"
#include "http/server.h"

namespace meno {

/// Which requests become a line of the log (core/log.h).
struct LogRules {
  enum class Which {
    None,
    Failed,  // 400 and above
    All,
  };
  Which which = Which::None;
  /// Of requests that succeed and change nothing only each so many-th. The others are all logged.
  std::uint32_t sample = 1;
  bool addresses = false;  // with the other end's IP address
};

struct ObserverOptions {
  /// HttpServer::figures(); may be empty.
  std::function<ServerFigures()> server = {};
  LogRules log = {};
};

/// Thread-safe.
class Observer {
 public:
  explicit Observer(ObserverOptions options);

  RequestCounts& counts() { return counts_; }
  const RequestCounts& counts() const { return counts_; }
  ServerFigures server() const { return options_.server ? options_.server() : ServerFigures(); }
  std::chrono::system_clock::time_point started_at() const { return started_at_; }

  /// `asked` where it is 1 to 64 letters, digits, ".", "_" and "-"; else a new one.
  std::string request_id(const std::string& asked);
  /// Whether the request is to be logged.
  bool logs(Method method, int status);
  bool logs_addresses() const { return options_.log.addresses; }

 private:
  ObserverOptions options_;
  RequestCounts counts_;
  std::chrono::system_clock::time_point started_at_;
  std::uint32_t prefix_;  // of the ids made here: another one after every start
  std::atomic<std::uint32_t> next_id_{0};
  std::atomic<std::uint32_t> quiet_{0};  // requests since the last one that was sampled
};

/// The reply may come on any thread, after what the other functions note.
class RequestWatch {
 public:
  /// Takes what it needs of the request; the observer must outlive it.
  RequestWatch(Observer& observer, const HttpRequest& request, Respond respond);
  RequestWatch(const RequestWatch&) = delete;
  RequestWatch& operator=(const RequestWatch&) = delete;
  RequestWatch(RequestWatch&&) = delete;
  RequestWatch& operator=(RequestWatch&&) = delete;
  /// Without a reply until now: the server has sent a 500 (Session::Ticket), which counts.
  ~RequestWatch();

  const std::string& id() const { return id_; }
  void is_for(const Route* route, Token::Kind credential) {
    route_ = route;
    credential_ = credential;
  }
  void is_for_a_file() { is_file_ = true; }
  void is_from(const Principal& who);
  /// reply() of the guard's.
  void refuse(HttpReply reply);
  /// Sends the reply under the request's id, counts and logs it. Once.
  void reply(HttpReply reply);

 private:
  void ended(int status, std::uint64_t seq);

  Observer& observer_;
  const std::chrono::steady_clock::time_point began_;
  const std::string id_;
  const Method method_;
  std::string address_;  // "" unless it is to be logged
  Respond respond_;
  const Route* route_ = nullptr;
  Token::Kind credential_ = Token::Kind::None;
  bool is_file_ = false;
  std::string_view caller_ = "nobody";
  std::atomic<bool> replied_{false};
};

/// `watch` as what handlers are given.
Respond respond_through(std::shared_ptr<RequestWatch> watch);

}  // namespace meno
