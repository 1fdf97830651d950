// HttpServer: sockets, limits, timeouts and shutdown. Boost.Beast stays inside session.cc.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.h"
#include "http/message.h"

namespace meno {

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;                      // 0 = any free one
  int threads = 0;                                // 0 = all cores
  std::uint32_t header_bytes = 16 * 1024;         // beyond: 431
  std::uint64_t body_bytes = 1024 * 1024;         // beyond: 413
  std::uint64_t ndjson_bytes = 8 * 1024 * 1024;   // likewise, of a body of this type
  std::size_t connections = 16'384;               // beyond: refused at once
  std::chrono::milliseconds header_time{10'000};  // from the first byte to the end of the header;
                                                  // also until a new client says something
  std::chrono::milliseconds body_time{30'000};    // to the end of the body; also to send a reply
  std::chrono::milliseconds idle_time{75'000};    // between requests
  /// From the signal to stop until no new connection is taken: meanwhile requests are served and
  /// figures().draining says so, for those who spread requests over several servers.
  std::chrono::milliseconds notice_time{0};
  std::chrono::milliseconds drain_time{10'000};  // for requests under way at a shutdown
  std::chrono::milliseconds heartbeat{15'000};   // of streams on which nothing happens
  std::string tls_certificate;                   // PEM file, the chain; "": plain HTTP
  std::string tls_key;                           // PEM file
  std::chrono::milliseconds tls_look{2'000};     // how often the files are looked at for a change
};

struct ServerFigures {
  std::size_t connections = 0;
  std::uint64_t refused_connections = 0;  // beyond ServerOptions::connections
  std::uint64_t unreadable = 0;           // requests that were refused before the handler saw them
  std::size_t waiting = 0;                // of worker_executor()'s work
  bool draining = false;                  // told to stop
};

/// HTTP/1.1 with keep-alive, over TLS 1.2 or 1.3 where there is a certificate. Replies keep the
/// order of pipelined requests.
class HttpServer {
 public:
  /// Binds and listens; connections wait until run(). Errors: InvalidInput for a host that is no
  /// address or a certificate or key that cannot be used; Unavailable when the port is taken or may
  /// not be used.
  static Result<std::unique_ptr<HttpServer>> listen(const ServerOptions& options);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  HttpServer(HttpServer&&) = delete;
  HttpServer& operator=(HttpServer&&) = delete;
  ~HttpServer();

  std::uint16_t port() const;
  /// "http://127.0.0.1:8080".
  std::string url() const;
  /// Runs work on the I/O threads: short work only. Usable from any thread while run() runs.
  std::function<void(std::function<void()>)> io_executor();
  /// Runs work on threads of its own.
  std::function<void(std::function<void()>)> worker_executor();

  /// Of this moment. Usable from any thread while the server lives.
  ServerFigures figures() const;

  /// Serves until stop(), or until SIGINT or SIGTERM when `on_signals`; then no new connection is
  /// taken, requests under way are answered, and it returns. A certificate that changes is loaded
  /// anew, also at SIGHUP when `on_signals`; running connections keep theirs.
  void run(const HttpHandler& handler, bool on_signals);
  /// Thread-safe; returns at once.
  void stop();

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace meno
