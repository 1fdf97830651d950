// Accepts connections and ends them: listening, signals, shutdown, renewed certificates. What is
// said on a connection is session.cc's.
#include "http/server.h"

#include <csignal>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/parallel.h"
#include "http/connection.h"
#include "http/tls.h"

namespace meno {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

constexpr std::chrono::milliseconds kAcceptPause{100};

/// Work that throws has a defect; the thread that ran it goes on.
void run_guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& bug) {
    spdlog::error("a defect of ours: {}", bug.what());
  }
}

}  // namespace

struct HttpServer::State {
  explicit State(const ServerOptions& options)
      : shared(options), threads(thread_count(options.threads)), io(static_cast<int>(threads)) {}

  void accept() {
    acceptor.async_accept(
        net::make_strand(io), [this](const error_code& fault, tcp::socket socket) {
          if (shared.stopping || !acceptor.is_open()) return;
          if (fault)
            return pause();  // out of file descriptors, or a client that left while it waited
          error_code ignored;
          socket.set_option(tcp::no_delay(true), ignored);
          admit(std::move(socket));
          accept();
        });
  }

  void pause() {
    retry.expires_after(kAcceptPause);
    retry.async_wait([this](const error_code& fault) {
      if (!fault) accept();
    });
  }

  void admit(tcp::socket socket) {
    {
      const std::lock_guard lock(shared.mutex);
      if (shared.live.size() >= shared.options.connections) {
        ++shared.refused_connections;
        return;
      }
    }
    const std::shared_ptr<ClientConnection> connection = make_connection(std::move(socket), shared);
    {
      const std::lock_guard lock(shared.mutex);
      shared.live.emplace(connection.get(), connection);
    }
    connection->start();
  }

  std::vector<std::shared_ptr<ClientConnection>> live_connections() {
    std::vector<std::shared_ptr<ClientConnection>> live;
    const std::lock_guard lock(shared.mutex);
    for (const auto& [key, connection] : shared.live) {
      if (auto one = connection.lock()) live.push_back(std::move(one));
    }
    return live;
  }

  /// Looks for a changed certificate again and again, and at SIGHUP.
  void watch_tls() {
    if (!tls) return;
    look.expires_after(shared.options.tls_look);
    look.async_wait([this](const error_code& fault) {
      if (fault || shared.stopping) return;
      tls->reload_if_changed();
      watch_tls();
    });
  }

  void wait_for_renewal() {
    renewals.async_wait([this](const error_code& fault, int /*signal*/) {
      if (fault) return;
      tls->reload();
      wait_for_renewal();
    });
  }

  /// Runs on the acceptor's strand.
  void begin_drain() {
    if (shared.draining.exchange(true)) return;
    if (shared.options.notice_time.count() == 0) return begin_stop();
    drain.expires_after(shared.options.notice_time);
    drain.async_wait([this](const error_code& /*fault*/) { begin_stop(); });
  }

  /// The second signal ends the notice.
  void stop_on_signal() {
    signals.async_wait([this](const error_code& fault, int /*signal*/) {
      if (!fault) begin_stop();
    });
  }

  /// Runs on the acceptor's strand.
  void begin_stop() {
    if (shared.stopping.exchange(true)) return;
    error_code ignored;
    acceptor.close(ignored);
    signals.cancel(ignored);
    renewals.cancel(ignored);
    look.cancel();
    retry.cancel();
    for (const auto& connection : live_connections()) connection->finish();
    drain.expires_after(shared.options.drain_time);
    drain.async_wait([this](const error_code& fault) {
      if (fault) return;
      for (const auto& connection : live_connections()) connection->abandon();
    });
    watch();
  }

  /// Ends the drain timer as soon as the last connection is gone.
  void watch() {
    constexpr std::chrono::milliseconds kLook{20};
    if (live_connections().empty()) {
      drain.cancel();
      return;
    }
    retry.expires_after(kLook);
    retry.async_wait([this](const error_code& fault) {
      if (!fault) watch();
    });
  }

  std::unique_ptr<TlsFiles> tls;  // null: plain HTTP
  SharedByConnections shared;
  std::size_t threads;
  net::io_context io;
  net::thread_pool workers{2};
  std::atomic<std::size_t> waiting{0};  // for a worker
  net::strand<net::io_context::executor_type> strand = net::make_strand(io.get_executor());
  tcp::acceptor acceptor{strand};
  net::signal_set signals{strand};
  net::signal_set renewals{strand};
  net::steady_timer look{strand};
  net::steady_timer retry{strand};
  net::steady_timer drain{strand};
  tcp::endpoint endpoint;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const ServerOptions& options) {
  error_code fault;
  const net::ip::address address =
      net::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, fault);
  if (fault)
    return invalid_input(
        fmt::format("host \"{}\", expected an IP address like 127.0.0.1", options.host));
  auto state = std::make_unique<State>(options);
  if (!options.tls_certificate.empty()) {
    MENO_TRY(state->tls, TlsFiles::load(options.tls_certificate, options.tls_key));
    state->shared.tls = state->tls.get();
  }
  const tcp::endpoint endpoint(address, options.port);
  state->acceptor.open(endpoint.protocol(), fault);
  if (!fault) state->acceptor.set_option(net::socket_base::reuse_address(true), fault);
  if (!fault) state->acceptor.bind(endpoint, fault);
  if (!fault) state->acceptor.listen(net::socket_base::max_listen_connections, fault);
  if (fault) {
    return unavailable(fmt::format("cannot listen on {} port {} ({}), expected a free port",
                                   options.host, options.port, fault.message()));
  }
  state->endpoint = state->acceptor.local_endpoint(fault);
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

std::uint16_t HttpServer::port() const { return state_->endpoint.port(); }

std::string HttpServer::url() const {
  const std::string host = state_->endpoint.address().to_string();
  const std::string_view scheme = state_->tls ? "https" : "http";
  return state_->endpoint.address().is_v6() ? fmt::format("{}://[{}]:{}", scheme, host, port())
                                            : fmt::format("{}://{}:{}", scheme, host, port());
}

std::function<void(std::function<void()>)> HttpServer::io_executor() {
  return [state = state_.get()](std::function<void()> work) {
    net::post(state->io, [work = std::move(work)] { run_guarded(work); });
  };
}

std::function<void(std::function<void()>)> HttpServer::worker_executor() {
  return [state = state_.get()](std::function<void()> work) {
    ++state->waiting;
    net::post(state->workers, [state, work = std::move(work)] {
      --state->waiting;
      run_guarded(work);
    });
  };
}

ServerFigures HttpServer::figures() const {
  SharedByConnections& shared = state_->shared;
  ServerFigures figures{.refused_connections = shared.refused_connections,
                        .unreadable = shared.unreadable,
                        .waiting = state_->waiting,
                        .draining = shared.draining};
  const std::lock_guard lock(shared.mutex);
  figures.connections = shared.live.size();
  return figures;
}

void HttpServer::run(const HttpHandler& handler, bool on_signals) {
  state_->shared.handler = &handler;
  if (on_signals) {
    state_->signals.add(SIGINT);
    state_->signals.add(SIGTERM);
    state_->signals.async_wait([this](const error_code& fault, int /*signal*/) {
      if (fault) return;
      state_->begin_drain();
      if (!state_->shared.stopping) state_->stop_on_signal();
    });
  }
  if (on_signals && state_->tls) {
    state_->renewals.add(SIGHUP);
    state_->wait_for_renewal();
  }
  net::post(state_->strand, [this] {
    state_->watch_tls();
    state_->accept();
  });
  std::vector<std::jthread> threads;
  for (std::size_t k = 1; k < state_->threads; ++k)
    threads.emplace_back([this] { state_->io.run(); });
  state_->io.run();
  threads.clear();
  state_->workers.join();
}

void HttpServer::stop() {
  net::post(state_->strand, [this] { state_->begin_drain(); });
}

}  // namespace meno
