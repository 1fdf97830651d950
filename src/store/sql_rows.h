// All rows of a query at once.
#pragma once

#include <vector>

#include "store/sql_connection.h"

namespace meno {

/// The rows that are left, each read by `row_of`. Errors: as Query::step().
template <class Row>
Result<std::vector<Row>> rows_of(Query& query, Row (*row_of)(const Query&)) {
  std::vector<Row> rows;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) return rows;
    rows.push_back(row_of(query));
  }
}

}  // namespace meno
