// What the server keeps of its connections. Internal to server.cc, which accepts them, and
// session.cc, which speaks HTTP on them.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include <boost/asio/ip/tcp.hpp>

#include "http/server.h"

namespace meno {

class TlsFiles;

/// One client's connection, on a strand of its own. The functions are thread-safe.
class ClientConnection {
 public:
  ClientConnection() = default;
  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;
  ClientConnection(ClientConnection&&) = delete;
  ClientConnection& operator=(ClientConnection&&) = delete;
  virtual ~ClientConnection() = default;

  virtual void start() = 0;
  /// Ends it unless a request is under way; then it ends after the reply.
  virtual void finish() = 0;
  /// Ends it, whatever is under way.
  virtual void abandon() = 0;
};

/// What all connections share; outlives them.
struct SharedByConnections {
  explicit SharedByConnections(ServerOptions the_options) : options(std::move(the_options)) {}

  ServerOptions options;
  const HttpHandler* handler = nullptr;
  TlsFiles* tls = nullptr;            // null: plain HTTP
  std::atomic<bool> draining{false};  // told to stop
  std::atomic<bool> stopping{false};  // takes nothing new
  std::atomic<std::uint64_t> refused_connections{0};
  std::atomic<std::uint64_t> unreadable{0};
  std::mutex mutex;
  std::unordered_map<ClientConnection*, std::weak_ptr<ClientConnection>> live;  // guarded by mutex
};

/// Speaks TLS when `shared.tls` is there. It leaves `shared.live` by itself when it ends.
std::shared_ptr<ClientConnection> make_connection(boost::asio::ip::tcp::socket socket,
                                                  SharedByConnections& shared);

}  // namespace meno
