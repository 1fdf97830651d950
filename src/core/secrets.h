// Secrets: random tokens, their hashes, and passwords. With sealed_file.cc the one place that
// includes libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

/// Makes libsodium ready; whatever uses it begins here.
void make_sodium_ready();

/// A SHA-256 sum.
using Digest = std::array<std::uint8_t, 32>;

/// 256 bits of the system's randomness as 43 letters, digits, "-" and "_".
std::string random_token();

Digest sha256(std::string_view bytes);

/// 64 lower-case hexadecimal digits.
std::string hex(const Digest& digest);

/// What a password's hash may cost: defaults for servers, less for tests.
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t bytes = std::size_t{64} << 20U;  // of memory, while it is made or compared
};

/// Letters, digits, "-" and "_" (RFC 4648, section 5, without padding), and back. nullopt for text
/// that is none.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

/// The text encrypted and authenticated under `key` (XSalsa20-Poly1305, libsodium's secretbox), as
/// base64url, and back. nullopt when the key is another or a byte was changed.
std::string sealed_text(std::string_view text, const Digest& key);
std::optional<std::string> opened_text(std::string_view sealed, const Digest& key);

/// Whether two secrets are the same, in a time that does not tell where they differ.
bool same_secret(std::string_view one, std::string_view other);

/// A key that everybody who knows `secret` gets for `context`, and nobody else: argon2id, so that
/// what was sealed with it does not help to guess the secret. Errors: Unavailable without memory.
Result<Digest> key_from_secret(std::string_view secret, std::string_view context,
                               const PasswordCost& cost = {});

/// A key of 256 random bits.
Digest random_key();

/// The password under argon2id with a salt of its own, in the common "$argon2id$..." form, which
/// carries its cost. Takes tens of milliseconds and `cost.bytes` of memory. Errors: Unavailable
/// when there is no such memory. Source: Biryukov, Dinu & Khovratovich 2016; RFC 9106.
Result<std::string> hashed_password(std::string_view password, const PasswordCost& cost = {});

/// Whether the password is the one that was hashed; costs what the hash did.
bool is_password(std::string_view password, const std::string& hashed);

}  // namespace meno
