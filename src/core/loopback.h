// Names of this machine that nobody else can take.
#pragma once

#include <string_view>

namespace meno {

/// Whether a host, as an address or a Host field writes it without its port, is this machine:
/// "localhost", "[::1]", or 127. with digits and dots. What merely begins with 127 is anybody's.
bool is_loopback(std::string_view host);

}  // namespace meno
