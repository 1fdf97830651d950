// A Store over any engine's connections: the nouns, one writer, many readers.
#pragma once

#include <functional>
#include <memory>

#include "store/readers.h"
#include "store/store.h"

namespace meno {

/// A store over a database whose schema is up to date. `writer` is the only connection that writes;
/// `guard` (may be null) keeps others out and is let go of last; `present` (may be empty) is the
/// engine's part of Store::check(). Errors: Unavailable when the rows cannot be counted.
Result<std::unique_ptr<Store>> make_sql_store(Readers::Open open_reader,
                                              std::unique_ptr<Connection> writer,
                                              std::shared_ptr<const void> guard,
                                              std::function<Result<Done>()> present,
                                              std::unique_ptr<Neighbours> neighbours);

}  // namespace meno
