// Listings over HTTP: pages with a cursor to the next, as JSON or CSV. A page holds the rows after
// a key, so what is added meanwhile neither repeats rows nor hides others.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/route.h"
#include "http/rows.h"

namespace meno {

// The parameters of every listing, last in its table's `query`.
inline constexpr QueryParameter kLimit = {.name = "limit",
                                          .summary = "at most this many rows",
                                          .integer = true,
                                          .least = 1,
                                          .most = 10'000,
                                          .fallback = 1000};
inline constexpr QueryParameter kCursor = {
    .name = "cursor",
    .summary = "rows after a page: its \"next\", which stands in its Link field too",
    .longest = 400};
inline constexpr QueryParameter kFormat = {
    .name = "format", .summary = "json or csv (default: as the Accept field says, else json)"};
inline constexpr std::array kPageQuery = {kLimit, kCursor, kFormat};

/// Of listings whose rows have a time.
inline constexpr QueryParameter kFrom = {
    .name = "from", .summary = "only what happened then or later, e.g. 2026-11-23T21:00:00Z"};
inline constexpr QueryParameter kBefore = {.name = "before",
                                           .summary = "only what happened earlier than that"};

/// `filters` and then the parameters of every listing.
template <std::size_t N>
constexpr std::array<QueryParameter, N + kPageQuery.size()> with_paging(
    const std::array<QueryParameter, N>& filters) {
  std::array<QueryParameter, N + kPageQuery.size()> all = {};
  for (std::size_t k = 0; k < N; ++k) all[k] = filters[k];
  for (std::size_t k = 0; k < kPageQuery.size(); ++k) all[N + k] = kPageQuery[k];
  return all;
}

/// What page is asked for, and of which listing.
struct PageAsk {
  std::string_view listing = {};  // the route's operation: a cursor fits no other
  std::size_t limit = 0;
  std::string after = {};  // the key of the last row before the page; "" for the first page
  bool csv = false;

  /// So many rows tell whether there is a next page.
  std::size_t most() const { return limit + 1; }
};

/// Errors: InvalidInput for a cursor that is none of this listing, or another format.
Result<PageAsk> page_ask(std::string_view listing, const RouteCall& call);

/// The number that the cursor holds; 0 for the first page. Errors: InvalidInput.
Result<std::uint64_t> number_after(const PageAsk& ask);

/// The parameter `name` as a time; kNoTime when absent. Errors: InvalidInput.
Result<TimePoint> query_time(const RouteCall& call, std::string_view name);

/// A page under way: rows in, a reply out.
class PageReply {
 public:
  using WriteRow = std::function<void(RowWriter&)>;

  /// `member` holds the rows in JSON; `blank` writes a row without content, for CSV's header.
  PageReply(const PageAsk& ask, std::string_view member, const WriteRow& blank);
  void add(const WriteRow& row);
  /// `last_key` is of the page's last row when there are more, else "".
  HttpReply finish(const RouteCall& call, std::string_view last_key);

 private:
  const PageAsk& ask_;
  JsonWriter json_;
  std::string csv_;
};

/// Up to `ask.limit` of the `rows`, which are up to ask.most() from the first after ask.after.
/// `write` is void(RowWriter&, const Row&); `key` is std::string(const Row&).
template <class Row, class Write, class Key>
HttpReply page_reply(const RouteCall& call, const PageAsk& ask, std::string_view member,
                     const std::vector<Row>& rows, Write write, Key key) {
  PageReply page(ask, member, [&write](RowWriter& out) { write(out, Row()); });
  const std::size_t shown = std::min(rows.size(), ask.limit);
  for (std::size_t k = 0; k < shown; ++k)
    page.add([&write, &row = rows[k]](RowWriter& out) { write(out, row); });
  return page.finish(call, rows.size() > shown ? key(rows[shown - 1]) : std::string());
}

/// Of `rows` in memory, those of the page: up to ask.most() after the one whose key is ask.after.
/// Errors: InvalidInput when no row has that key.
template <class Row, class Key>
Result<std::vector<Row>> rows_after(const PageAsk& ask, const std::vector<Row>& rows, Key key) {
  std::size_t from = 0;
  if (!ask.after.empty()) {
    while (from < rows.size() && key(rows[from]) != ask.after) ++from;
    if (from == rows.size())
      return invalid_input("\"cursor\" is after a row that is not there, expected a page's next");
    ++from;
  }
  const std::size_t end = std::min(rows.size(), from + ask.most());
  return std::vector<Row>(rows.begin() + static_cast<std::ptrdiff_t>(from),
                          rows.begin() + static_cast<std::ptrdiff_t>(end));
}

}  // namespace meno
