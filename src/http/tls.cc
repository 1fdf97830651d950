#include "http/tls.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <boost/asio/ssl/error.hpp>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

namespace meno {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

/// With forward secrecy and authenticated encryption; TLS 1.3 has no others.
constexpr const char* kTls12Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// A client that offers only protocols that we do not speak is told so in the handshake.
int choose_protocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void* /*unused*/) {
  constexpr std::string_view kHttp11 = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int outcome =
      SSL_select_next_proto(&chosen, size, reinterpret_cast<const unsigned char*>(kHttp11.data()),
                            static_cast<unsigned int>(kHttp11.size()), offered, offered_size);
  if (outcome != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

Result<std::shared_ptr<TlsContext>> context_of(const std::string& certificate,
                                               const std::string& key) {
  auto context = std::make_shared<TlsContext>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  error_code fault;
  // Without this OpenSSL would ask for the password of a key on the terminal.
  context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return ""; },
                                 fault);
  context->use_certificate_chain_file(certificate, fault);
  if (fault) {
    return invalid_input(fmt::format("certificate {} cannot be used ({}), expected a PEM file",
                                     certificate, fault.message()));
  }
  context->use_private_key_file(key, ssl::context::pem, fault);
  // Keys of another kind than the certificate's are taken by the call above.
  if (fault || SSL_CTX_check_private_key(native) != 1) {
    return invalid_input(fmt::format(
        "key {} cannot be used ({}), expected a PEM file without a password, of the certificate {}",
        key, fault ? fault.message() : "it is of another certificate", certificate));
  }
  if (SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(native, kTls12Ciphers) != 1)
    return unavailable("this OpenSSL lacks TLS 1.2, expected one with it");
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, &choose_protocol, nullptr);
  return context;
}

std::string state_of(const std::string& file) {
  struct stat found = {};
  if (::stat(file.c_str(), &found) != 0) return "none";
  return fmt::format("{}:{}:{}.{}", found.st_ino, found.st_size, found.st_mtim.tv_sec,
                     found.st_mtim.tv_nsec);
}

}  // namespace

TlsFiles::TlsFiles(std::string certificate, std::string key)
    : certificate_(std::move(certificate)), key_(std::move(key)) {}

Result<std::unique_ptr<TlsFiles>> TlsFiles::load(std::string certificate, std::string key) {
  std::unique_ptr<TlsFiles> files(new TlsFiles(std::move(certificate), std::move(key)));
  files->tried_ = files->state();
  MENO_TRY(files->context_, context_of(files->certificate_, files->key_));
  return files;
}

std::shared_ptr<TlsContext> TlsFiles::current() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

void TlsFiles::reload_if_changed() {
  const std::string now = state();
  {
    const std::lock_guard lock(mutex_);
    if (now == tried_) return;
  }
  reload();
}

void TlsFiles::reload() {
  std::string now = state();
  Result<std::shared_ptr<TlsContext>> context = context_of(certificate_, key_);
  const std::lock_guard lock(mutex_);
  tried_ = std::move(now);
  if (!context) {
    spdlog::error("the certificate stays as it was: {}", context.error().message);
    return;
  }
  context_ = *std::move(context);
  spdlog::info("the certificate was loaded anew from {}", certificate_);
}

std::string TlsFiles::state() const { return state_of(certificate_) + " " + state_of(key_); }

bool is_plain_http(const error_code& fault) {
  return fault.category() == boost::asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(fault.value())) == SSL_R_HTTP_REQUEST;
}

}  // namespace meno
