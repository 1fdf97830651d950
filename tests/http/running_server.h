// A server on a free port, a thread that serves, and what it serves with.
#pragma once

#include <memory>
#include <thread>
#include <utility>

#include "http/application.h"
#include "http/server.h"

namespace meno {

class RunningServer {
 public:
  /// `server` listens already; the services must outlive this.
  RunningServer(std::unique_ptr<HttpServer> server, Services& services,
                const RateOptions& rate = {})
      : server_(std::move(server)),
        application_(services, StaticFiles(), server_->worker_executor(), rate),
        handler_([this](HttpRequest request, Respond respond) {
          application_.handle(std::move(request), std::move(respond));
        }) {
    services.later = server_->io_executor();
    thread_ = std::jthread([this] { server_->run(handler_, false); });
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  RunningServer(RunningServer&&) = delete;
  RunningServer& operator=(RunningServer&&) = delete;
  ~RunningServer() { server_->stop(); }

  std::uint16_t port() const { return server_->port(); }
  /// Returns at once; the destructor waits until what is under way has been answered.
  void stop() { server_->stop(); }

 private:
  std::unique_ptr<HttpServer> server_;
  Application application_;
  HttpHandler handler_;
  std::jthread thread_;  // last: it uses the others, and joins first
};

}  // namespace meno
