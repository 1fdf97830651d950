// The bytes of a request's header before they are parsed: what no proxy and server agree on is
// refused here, so that no request can hide in another. Source: RFC 9112, sections 2.2, 3 and 5.2.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace meno {

/// The length of the header at the front of `bytes`, its empty line included; 0 while incomplete.
std::size_t header_size(std::string_view bytes);

/// Why the header, or the part of it that has come, is refused, as the end of "the request has
/// ..."; nullopt when nothing is wrong so far: a control character, a line feed or carriage return
/// that ends no line, a field folded over two lines, white space before the colon of a field.
std::optional<std::string_view> header_fault(std::string_view bytes);

/// Whether the text may be a Host field: a name or address, and a port.
bool is_host(std::string_view text);

/// The path and query of a target in absolute form, "http://host/path"; the target itself when it
/// is in another form; nullopt when it names another host than `host`.
std::optional<std::string_view> origin_form(std::string_view target, std::string_view host);

}  // namespace meno
