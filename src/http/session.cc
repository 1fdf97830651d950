// The one place that includes Boost.Beast. One Session per connection, on a strand of its own:
// wait, read, handle, write, and again; the next request is read only after the reply to the last
// one was sent. The same over TLS, after its handshake.
#include <array>
#include <optional>
#include <utility>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "http/beast_message.h"
#include "http/connection.h"
#include "http/tls.h"

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
/// Of streams: a comment, which says that there is still somebody.
constexpr const char* kHeartbeat = ":\n\n";
constexpr std::string_view kSpeakTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    "Content-Length: 50\r\n\r\nthis port speaks TLS, expected an https:// address";
/// Browsers that were here once come back over TLS only, for a year.
constexpr const char* kTlsOnly = "max-age=31536000";

using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

template <class Stream>
class Session : public ClientConnection, public std::enable_shared_from_this<Session<Stream>> {
 public:
  static constexpr bool kIsTls = std::is_same_v<Stream, Secure>;

  /// `context` is what a Secure stream works with.
  Session(SharedByConnections& shared, std::shared_ptr<TlsContext> context, Stream stream)
      : context_(std::move(context)),
        stream_(std::move(stream)),
        heartbeat_(stream_.get_executor()),
        buffer_(shared.options.header_bytes + kReadBytes),
        shared_(shared) {
    error_code ignored;
    address_ = lowest().socket().remote_endpoint(ignored).address().to_string();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  Session(Session&&) = delete;
  Session& operator=(Session&&) = delete;
  ~Session() override {
    const std::lock_guard lock(shared_.mutex);
    shared_.live.erase(this);
  }

  void start() override {
    net::dispatch(stream_.get_executor(), [self = this->shared_from_this()] {
      if constexpr (kIsTls) {
        self->shake_hands();
      } else {
        self->wait();
      }
    });
  }

  void finish() override {
    net::post(stream_.get_executor(), [self = this->shared_from_this()] {
      if (self->idle_ || self->streamed_) self->close();
    });
  }

  void abandon() override {
    net::post(stream_.get_executor(), [self = this->shared_from_this()] { self->close(); });
  }

  /// Queued, so that where many answers have become durable at once all are worked out before the
  /// first is sent: what working them out reads stays in the caches.
  void send(HttpReply reply) {
    net::post(stream_.get_executor(),
              [self = this->shared_from_this(), reply = std::move(reply)]() mutable {
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

  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  void close() {
    lowest().close();
    heartbeat_.cancel();
    streamed_.reset();
  }

  void shake_hands() {
    lowest().expires_after(shared_.options.header_time);
    stream_.async_handshake(net::ssl::stream_base::server,
                            [self = this->shared_from_this()](const error_code& fault) {
                              fault ? self->refuse_handshake(fault) : self->wait();
                            });
  }

  void refuse_handshake(const error_code& fault) {
    if (!is_plain_http(fault) || !lowest().socket().is_open()) return close();
    net::async_write(lowest(), net::buffer(kSpeakTls.data(), kSpeakTls.size()),
                     [self = this->shared_from_this()](const error_code& broken, std::size_t) {
                       broken ? self->close() : self->linger_below();
                     });
  }

  void wait() {
    if (shared_.stopping) return close();
    if (buffer_.size() > 0) {
      lowest().expires_after(shared_.options.header_time);
      return look_at_header();
    }
    idle_ = true;
    lowest().expires_after(greeted_ ? shared_.options.idle_time : shared_.options.header_time);
    greeted_ = true;
    read_some();
  }

  void read_some() {
    stream_.async_read_some(
        buffer_.prepare(kReadBytes),
        [self = this->shared_from_this()](const error_code& fault, std::size_t bytes) {
          // finish() may have closed the connection when these bytes were
          // already on their way here: nobody could be told what became of
          // them, so nothing may.
          if (fault || !self->lowest().socket().is_open()) return;
          self->buffer_.commit(bytes);
          self->on_bytes();
        });
  }

  void on_bytes() {
    if (std::exchange(idle_, false)) lowest().expires_after(shared_.options.header_time);
    look_at_header();
  }

  void look_at_header() {
    const net::const_buffer come = buffer_.data();
    const std::string_view bytes(static_cast<const char*>(come.data()), come.size());
    const std::size_t whole = header_size(bytes);
    const std::string_view header = bytes.substr(0, whole > 0 ? whole : bytes.size());
    if (const auto fault = header_fault(header)) return refuse_as(*fault);
    if (header.size() > shared_.options.header_bytes) return refuse(http::error::header_limit);
    if (whole == 0) return read_some();
    parser_.emplace();
    parser_->header_limit(shared_.options.header_bytes);
    parser_->body_limit(shared_.options.ndjson_bytes);
    error_code fault;
    buffer_.consume(parser_->put(buffer_.data(), fault));
    on_header(fault);
  }

  void on_header(const error_code& fault) {
    if (fault) return refuse(fault);
    if (const auto unclear = framing_fault(parser_->get())) return refuse_as(*unclear);
    fields_ = fields_of(parser_->get());
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
                      [self = this->shared_from_this()](const error_code& fault, std::size_t) {
                        if (!fault) self->read_body();
                      });
  }

  void read_body() {
    if (parser_->is_done()) return on_request();
    lowest().expires_after(shared_.options.body_time);
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](const error_code& fault, std::size_t) {
                       fault ? self->refuse(fault) : self->on_request();
                     });
  }

  void refuse(const error_code& fault) {
    std::optional<HttpReply> reply = refusal_of(fault, shared_.options);
    if (!reply || !lowest().socket().is_open()) return close();
    head_ = false;
    ++shared_.unreadable;
    write(*std::move(reply), false);
  }

  /// Where a request ends, or whom it is for, is not clear: nothing that follows is read.
  void refuse_as(std::string_view what) {
    head_ = false;
    ++shared_.unreadable;
    write(error_reply(400, "invalid_input", fmt::format("the request has {}", what)), false);
  }

  void on_request() {
    BeastRequest message = parser_->release();
    if (fields_of(message) != fields_) return refuse_as("fields after its body");
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    std::optional<HttpRequest> request = request_of(std::move(message), address_);
    if (!request) return refuse_as("a target for another host than its Host field");
    lowest().expires_never();
    busy_.emplace(stream_.get_executor());
    const auto ticket = std::make_shared<Ticket>(this->shared_from_this());
    (*shared_.handler)(*std::move(request),
                       [ticket](HttpReply reply) { ticket->send(std::move(reply)); });
  }

  template <class Body>
  http::response<Body> head_of(const HttpReply& reply) const {
    http::response<Body> head(static_cast<http::status>(reply.status), 11);
    head.set(http::field::content_type, reply.content_type);
    head.set("X-Content-Type-Options", "nosniff");
    if constexpr (kIsTls) head.set(http::field::strict_transport_security, kTlsOnly);
    for (const auto& [name, value] : reply.headers) {
      const boost::string_view field(name.data(), name.size());
      name == "Set-Cookie" ? head.insert(field, value) : head.set(field, value);
    }
    if (head.count(http::field::cache_control) == 0)
      head.set(http::field::cache_control, "no-store");
    return head;
  }

  void write(HttpReply reply, bool keep_alive) {
    if (reply.stream && !head_) return begin_stream(std::move(reply));
    reply_ = head_of<http::string_body>(reply);
    reply_->keep_alive(keep_alive);
    reply_->content_length(reply.body.size());
    if (!head_) reply_->body() = std::move(reply.body);
    lowest().expires_after(shared_.options.body_time);
    http::async_write(
        stream_, *reply_,
        [self = this->shared_from_this(), keep_alive](const error_code& fault, std::size_t) {
          self->busy_.reset();
          if (fault) return self->close();
          keep_alive ? self->wait() : self->linger();
        });
  }

  void begin_stream(HttpReply reply) {
    if (shared_.stopping) return close();
    stream_head_ = head_of<http::empty_body>(reply);
    stream_head_->keep_alive(false);
    streamed_ = std::move(reply.stream);
    streamed_->on_ready([weak = this->weak_from_this()] {
      const auto self = weak.lock();
      if (self) net::post(self->stream_.get_executor(), [self] { self->go_on(); });
    });
    sending_ = true;
    lowest().expires_never();
    listen_for_the_end();
    lowest().expires_after(shared_.options.body_time);
    http::async_write(stream_, *stream_head_,
                      [self = this->shared_from_this()](const error_code& fault, std::size_t) {
                        self->busy_.reset();
                        self->on_streamed(fault);
                        if (self->streamed_) self->beat();
                      });
  }

  /// What a listener says is not heard; that it leaves is.
  void listen_for_the_end() {
    stream_.async_read_some(net::buffer(dropped_), [self = this->shared_from_this()](
                                                       const error_code& fault, std::size_t) {
      fault ? self->close() : self->listen_for_the_end();
    });
  }

  void beat() {
    heartbeat_.expires_after(shared_.options.heartbeat);
    heartbeat_.async_wait([self = this->shared_from_this()](const error_code& fault) {
      if (fault || !self->streamed_) return;
      self->go_on();
      if (!self->streamed_) return;
      if (!self->sending_) self->send_text(kHeartbeat);
      self->beat();
    });
  }

  void go_on() {
    if (sending_ || !streamed_) return;
    std::optional<std::string> text = streamed_->take();
    if (!text) return close();
    if (!text->empty()) send_text(*std::move(text));
  }

  void send_text(std::string text) {
    sending_ = true;
    text_ = std::move(text);
    lowest().expires_after(shared_.options.body_time);
    net::async_write(stream_, net::buffer(text_),
                     [self = this->shared_from_this()](const error_code& fault, std::size_t) {
                       self->on_streamed(fault);
                     });
  }

  void on_streamed(const error_code& fault) {
    sending_ = false;
    fault ? close() : go_on();
  }

  void linger() {
    if constexpr (kIsTls) {
      lowest().expires_after(kLingerTime);
      stream_.async_shutdown(
          [self = this->shared_from_this()](const error_code&) { self->linger_below(); });
    } else {
      linger_below();
    }
  }

  void linger_below() {
    error_code ignored;
    lowest().socket().shutdown(tcp::socket::shutdown_send, ignored);
    lowest().expires_after(kLingerTime);
    drop();
  }

  void drop() {
    lowest().async_read_some(net::buffer(dropped_), [self = this->shared_from_this()](
                                                        const error_code& fault, std::size_t) {
      fault ? self->close() : self->drop();
    });
  }

  std::shared_ptr<TlsContext> context_;  // null on a Plain stream
  Stream stream_;
  net::steady_timer heartbeat_;
  beast::flat_buffer buffer_;
  SharedByConnections& shared_;
  std::string address_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::size_t fields_ = 0;  // of the header, before the body came
  std::optional<http::response<http::string_body>> reply_;
  std::optional<http::response<http::empty_body>> continue_;
  std::optional<http::response<http::empty_body>> stream_head_;
  std::shared_ptr<ReplyStream> streamed_;
  std::string text_;  // of the stream, being sent
  /// Keeps the I/O threads alive while the reply is being made elsewhere.
  std::optional<net::executor_work_guard<typename Stream::executor_type>> busy_;
  std::array<char, kReadBytes> dropped_{};
  bool sending_ = false;
  bool idle_ = false;
  bool greeted_ = false;
  bool keep_alive_ = true;
  bool head_ = false;
};

}  // namespace

std::shared_ptr<ClientConnection> make_connection(tcp::socket socket, SharedByConnections& shared) {
  if (shared.tls == nullptr)
    return std::make_shared<Session<Plain>>(shared, nullptr, Plain(std::move(socket)));
  std::shared_ptr<TlsContext> context = shared.tls->current();
  Secure stream(std::move(socket), *context);
  return std::make_shared<Session<Secure>>(shared, std::move(context), std::move(stream));
}

}  // namespace meno
