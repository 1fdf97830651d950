#include "core/secrets.h"

#include <sodium.h>

#include "core/check.h"

namespace meno {
void make_sodium_ready() {
  static const int ready = sodium_init();
  MENO_CHECK(ready >= 0, "libsodium cannot be made ready");
}

std::string random_token() {
  make_sodium_ready();
  Digest bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(
      sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the C string's end
  return text;
}

Digest sha256(std::string_view bytes) {
  make_sodium_ready();
  Digest digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return digest;
}

std::string hex(const Digest& digest) {
  std::string text(2 * digest.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
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
