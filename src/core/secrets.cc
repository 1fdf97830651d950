#include "core/secrets.h"

#include <sodium.h>

#include "core/check.h"

namespace meno {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void make_sodium_ready() {
  static const int ready = sodium_init();
  MENO_CHECK(ready >= 0, "libsodium cannot be made ready");
}

std::string random_token() {
  make_sodium_ready();
  Digest bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string base64url(std::string_view bytes) {
  std::string text(
      sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the C string's end
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const bool whole = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &size, nullptr,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
  if (!whole) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::string sealed_text(std::string_view text, const Digest& key) {
  make_sodium_ready();
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
  auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
  randombytes_buf(out, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, bytes_of(text), text.size(), out,
                        key.data());
  return base64url(sealed);
}

std::optional<std::string> opened_text(std::string_view sealed, const Digest& key) {
  make_sodium_ready();
  constexpr std::size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  const std::optional<std::string> bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kAround) return std::nullopt;
  std::string text(bytes->size() - kAround, '\0');
  const bool whole = crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(text.data()),
                                                bytes_of(*bytes) + crypto_secretbox_NONCEBYTES,
                                                bytes->size() - crypto_secretbox_NONCEBYTES,
                                                bytes_of(*bytes), key.data()) == 0;
  if (!whole) return std::nullopt;
  return text;
}

Digest sha256(std::string_view bytes) {
  make_sodium_ready();
  Digest digest{};
  crypto_hash_sha256(digest.data(), bytes_of(bytes), bytes.size());
  return digest;
}

std::string hex(const Digest& digest) {
  std::string text(2 * digest.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

bool same_secret(std::string_view one, std::string_view other) {
  make_sodium_ready();
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

Result<Digest> key_from_secret(std::string_view secret, std::string_view context,
                               const PasswordCost& cost) {
  make_sodium_ready();
  const Digest salt = sha256(context);
  static_assert(std::tuple_size_v<Digest> >= crypto_pwhash_SALTBYTES);
  Digest key{};
  if (crypto_pwhash(key.data(), key.size(), secret.data(), secret.size(), salt.data(), cost.passes,
                    cost.bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return unavailable("a key cannot be derived, expected 64 MB of free memory: try again");
  }
  return key;
}

Digest random_key() {
  make_sodium_ready();
  Digest key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

Result<std::string> hashed_password(std::string_view password, const PasswordCost& cost) {
  make_sodium_ready();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return unavailable("a password cannot be hashed, expected 64 MB of free memory: try again");
  }
  return std::string(text.data());
}

bool is_password(std::string_view password, const std::string& hashed) {
  make_sodium_ready();
  return crypto_pwhash_str_verify(hashed.c_str(), password.data(), password.size()) == 0;
}

}  // namespace meno
