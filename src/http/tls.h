// The server's certificate and key: loaded from PEM files, and anew when those change.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "core/result.h"

namespace meno {

using TlsContext = boost::asio::ssl::context;

/// Thread-safe.
class TlsFiles {
 public:
  /// Errors: InvalidInput for a file that cannot be read, is no PEM, needs a password, or a key
  /// that is not the certificate's.
  static Result<std::unique_ptr<TlsFiles>> load(std::string certificate, std::string key);

  /// What a new connection works with. Whoever holds it keeps it, whatever is loaded later.
  std::shared_ptr<TlsContext> current() const;
  /// Loads the files again if they are no longer those that were tried last.
  void reload_if_changed();
  /// Loads the files again. When they cannot be used, the log says so and what was stays.
  void reload();

 private:
  TlsFiles(std::string certificate, std::string key);
  /// Tells one state of both files from another; the same while they do not change.
  std::string state() const;

  const std::string certificate_;
  const std::string key_;
  mutable std::mutex mutex_;
  std::string tried_;                    // guarded by mutex_
  std::shared_ptr<TlsContext> context_;  // guarded by mutex_
};

/// Whether a handshake failed because the client spoke HTTP without TLS.
bool is_plain_http(const boost::system::error_code& fault);

}  // namespace meno
