// The one place that includes Boost.Beast. One Session per connection, on a strand of its own:
// wait, read, handle, write, and again; the next request is read only after the reply to the last
// one was sent.
#include "http/server.h"

#include <atomic>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/parallel.h"

namespace meno {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

constexpr std::size_t kReadBytes = 4096;
/// After a reply that ends a connection early, what the client still sends is read and dropped this
/// long, so that the reply is not lost to a reset.
constexpr std::chrono::milliseconds kLingerTime{2000};
constexpr std::chrono::milliseconds kAcceptPause{100};

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::Get;
    case http::verb::head:
      return Method::Head;
    case http::verb::post:
      return Method::Post;
    case http::verb::put:
      return Method::Put;
    case http::verb::patch:
      return Method::Patch;
    case http::verb::delete_:
      return Method::Delete;
    default:
      return Method::Other;
  }
}

/// The reply to what could not be read as a request; nullopt when nobody is there to read it. (A
/// client that was too slow gets none: Beast closes the socket when the time is up.)
std::optional<HttpReply> refusal_of(const error_code& fault, const ServerOptions& options) {
  if (fault == http::error::header_limit || fault == http::error::buffer_overflow) {
    return error_reply(431, "invalid_input",
                       fmt::format("the header exceeds {} bytes", options.header_bytes));
  }
  if (fault == http::error::body_limit) {
    return error_reply(413, "invalid_input",
                       fmt::format("the body exceeds {} bytes ({} of {})", options.body_bytes,
                                   options.ndjson_bytes, kNdjson));
  }
  if (fault == http::error::end_of_stream || fault == http::error::partial_message)
    return std::nullopt;
  if (fault.category() == http::make_error_code(http::error::bad_method).category()) {
    return error_reply(
        400, "invalid_input",
        fmt::format("the request is malformed ({}), expected HTTP/1.1", fault.message()));
  }
  return std::nullopt;
}

class Session;

/// What all sessions share.
struct Shared {
  explicit Shared(ServerOptions the_options) : options(std::move(the_options)) {}

  ServerOptions options;
  const HttpHandler* handler = nullptr;
  std::atomic<bool> draining{false};  // told to stop
  std::atomic<bool> stopping{false};  // takes nothing new
  std::atomic<std::uint64_t> refused_connections{0};
  std::atomic<std::uint64_t> unreadable{0};
  std::mutex mutex;
  std::unordered_map<Session*, std::weak_ptr<Session>> sessions;  // guarded by mutex
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared)
      : stream_(std::move(socket)),
        buffer_(shared.options.header_bytes + kReadBytes),
        shared_(shared) {
    error_code ignored;
    address_ = stream_.socket().remote_endpoint(ignored).address().to_string();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  Session(Session&&) = delete;
  Session& operator=(Session&&) = delete;
  ~Session() {
    const std::lock_guard lock(shared_.mutex);
    shared_.sessions.erase(this);
  }

  void start() {
    net::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->wait(); });
  }

  /// Ends a connection on which no request is under way; the others end after their reply.
  void finish() {
    net::post(stream_.get_executor(), [self = shared_from_this()] {
      if (self->idle_) self->stream_.close();
    });
  }

  void abandon() {
    net::post(stream_.get_executor(), [self = shared_from_this()] { self->stream_.close(); });
  }

  void send(HttpReply reply) {
    net::dispatch(stream_.get_executor(),
                  [self = shared_from_this(), reply = std::move(reply)]() mutable {
                    self->write(std::move(reply), self->keep_alive_ && !self->shared_.stopping);
                  });
  }

 private:
  /// The right to reply once; a handler that drops it has a defect, and the client is told so.
  struct Ticket {
    explicit Ticket(std::shared_ptr<Session> owner) : session(std::move(owner)) {}
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    Ticket(Ticket&&) = delete;
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket() {
      if (!sent.exchange(true))
        session->send(error_reply(500, "internal", "a defect of ours, see the server's log"));
    }
    void send(HttpReply reply) {
      if (!sent.exchange(true)) session->send(std::move(reply));
    }
    std::shared_ptr<Session> session;
    std::atomic<bool> sent{false};
  };

  void wait() {
    if (shared_.stopping) return stream_.close();
    if (buffer_.size() > 0) return read_header();
    idle_ = true;
    stream_.expires_after(shared_.options.idle_time);
    stream_.async_read_some(
        buffer_.prepare(kReadBytes),
        [self = shared_from_this()](const error_code& fault, std::size_t bytes) {
          // finish() may have closed the connection when these bytes were already on their way
          // here: nobody could be told what became of them, so nothing may.
          if (fault || !self->stream_.socket().is_open()) return;
          self->buffer_.commit(bytes);
          self->read_header();
        });
  }

  void read_header() {
    idle_ = false;
    parser_.emplace();
    parser_->header_limit(shared_.options.header_bytes);
    parser_->body_limit(shared_.options.ndjson_bytes);
    stream_.expires_after(shared_.options.header_time);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& fault, std::size_t /*bytes*/) {
          self->on_header(fault);
        });
  }

  void on_header(const error_code& fault) {
    if (fault) return refuse(fault);
    if (parser_->get()[http::field::content_type] !=
        beast::string_view(kNdjson.data(), kNdjson.size())) {
      if (parser_->content_length().value_or(0) > shared_.options.body_bytes)
        return refuse(http::error::body_limit);
      parser_->body_limit(shared_.options.body_bytes);
    }
    if (parser_->get()[http::field::expect] == "100-continue" && !parser_->is_done())
      return ask_to_continue();
    read_body();
  }

  void ask_to_continue() {
    continue_.emplace(http::status::continue_, parser_->get().version());
    http::async_write(stream_, *continue_,
                      [self = shared_from_this()](const error_code& fault, std::size_t /*bytes*/) {
                        if (!fault) self->read_body();
                      });
  }

  void read_body() {
    if (parser_->is_done()) return on_request();
    stream_.expires_after(shared_.options.body_time);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const error_code& fault, std::size_t /*bytes*/) {
                       fault ? self->refuse(fault) : self->on_request();
                     });
  }

  void refuse(const error_code& fault) {
    std::optional<HttpReply> reply = refusal_of(fault, shared_.options);
    if (!reply || !stream_.socket().is_open()) return stream_.close();
    head_ = false;
    ++shared_.unreadable;
    write(*std::move(reply), false);
  }

  void on_request() {
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    stream_.expires_never();
    busy_.emplace(stream_.get_executor());
    const auto ticket = std::make_shared<Ticket>(shared_from_this());
    if (message.version() == 11 && message.count(http::field::host) != 1) {
      ++shared_.unreadable;
      return ticket->send(error_reply(
          400, "invalid_input", "the request has no one Host field, expected it in HTTP/1.1"));
    }
    HttpRequest request;
    request.method = method_of(message.method());
    request.target = std::string(message.target());
    request.host = std::string(message[http::field::host]);
    request.content_type = std::string(message[http::field::content_type]);
    request.if_none_match = std::string(message[http::field::if_none_match]);
    request.authorization = std::string(message[http::field::authorization]);
    request.cookie = std::string(message[http::field::cookie]);
    request.origin = std::string(message[http::field::origin]);
    request.requested = std::string(message["X-Meno-Request"]);
    request.request_id = std::string(message["X-Request-Id"]);
    request.ambiguous =
        message.count(http::field::authorization) > 1 || message.count(http::field::cookie) > 1;
    request.address = address_;
    request.body = std::move(message.body());
    (*shared_.handler)(std::move(request),
                       [ticket](HttpReply reply) { ticket->send(std::move(reply)); });
  }

  void write(HttpReply reply, bool keep_alive) {
    reply_.emplace(static_cast<http::status>(reply.status), 11);
    reply_->set(http::field::content_type, reply.content_type);
    reply_->set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : reply.headers)
      reply_->set(boost::string_view(name.data(), name.size()), value);
    if (reply_->count(http::field::cache_control) == 0)
      reply_->set(http::field::cache_control, "no-store");
    reply_->keep_alive(keep_alive);
    reply_->content_length(reply.body.size());
    if (!head_) reply_->body() = std::move(reply.body);
    stream_.expires_after(shared_.options.body_time);
    http::async_write(
        stream_, *reply_,
        [self = shared_from_this(), keep_alive](const error_code& fault, std::size_t /*bytes*/) {
          self->busy_.reset();
          if (fault) return self->stream_.close();
          keep_alive ? self->wait() : self->linger();
        });
  }

  void linger() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kLingerTime);
    drop();
  }

  void drop() {
    stream_.async_read_some(net::buffer(dropped_),
                            [self = shared_from_this()](const error_code& fault, std::size_t) {
                              fault ? self->stream_.close() : self->drop();
                            });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Shared& shared_;
  std::string address_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> reply_;
  std::optional<http::response<http::empty_body>> continue_;
  /// Keeps the I/O threads alive while the reply is being made elsewhere.
  std::optional<net::executor_work_guard<beast::tcp_stream::executor_type>> busy_;
  std::array<char, kReadBytes> dropped_{};
  bool idle_ = false;
  bool keep_alive_ = true;
  bool head_ = false;
};

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
    std::shared_ptr<Session> session;
    {
      const std::lock_guard lock(shared.mutex);
      if (shared.sessions.size() >= shared.options.connections) {
        ++shared.refused_connections;
        return;
      }
      session = std::make_shared<Session>(std::move(socket), shared);
      shared.sessions.emplace(session.get(), session);
    }
    session->start();
  }

  std::vector<std::shared_ptr<Session>> live_sessions() {
    std::vector<std::shared_ptr<Session>> live;
    const std::lock_guard lock(shared.mutex);
    for (const auto& [key, session] : shared.sessions) {
      if (auto one = session.lock()) live.push_back(std::move(one));
    }
    return live;
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
    retry.cancel();
    for (const auto& session : live_sessions()) session->finish();
    drain.expires_after(shared.options.drain_time);
    drain.async_wait([this](const error_code& fault) {
      if (fault) return;
      for (const auto& session : live_sessions()) session->abandon();
    });
    watch();
  }

  /// Ends the drain timer as soon as the last session is gone.
  void watch() {
    constexpr std::chrono::milliseconds kLook{20};
    if (live_sessions().empty()) {
      drain.cancel();
      return;
    }
    retry.expires_after(kLook);
    retry.async_wait([this](const error_code& fault) {
      if (!fault) watch();
    });
  }

  Shared shared;
  std::size_t threads;
  net::io_context io;
  net::thread_pool workers{2};
  std::atomic<std::size_t> waiting{0};  // for a worker
  net::strand<net::io_context::executor_type> strand = net::make_strand(io.get_executor());
  tcp::acceptor acceptor{strand};
  net::signal_set signals{strand};
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
  return state_->endpoint.address().is_v6() ? fmt::format("http://[{}]:{}", host, port())
                                            : fmt::format("http://{}:{}", host, port());
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
  Shared& shared = state_->shared;
  ServerFigures figures{.refused_connections = shared.refused_connections,
                        .unreadable = shared.unreadable,
                        .waiting = state_->waiting,
                        .draining = shared.draining};
  const std::lock_guard lock(shared.mutex);
  figures.connections = shared.sessions.size();
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
  net::post(state_->strand, [this] { state_->accept(); });
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
