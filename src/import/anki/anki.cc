// Anki's review log as a table: one review a row, the columns of its `revlog` table. An answer is
// right unless the rating was "again"; a card is the item and its own skill. One file is one
// learner, named after the file. Source: the database layout documented by the Anki project.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/importer.h"
#include "import/values.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 5> kColumns{"id", "cid", "ease", "time", "type"};
using Places = std::array<std::size_t, kColumns.size()>;

constexpr std::int64_t kAgain = 1;
constexpr std::int64_t kEasy = 4;
constexpr std::int64_t kFirstManual = 4;  // types from here on are changes of schedule, no answers

bool is_log(const SourceSample& sample) {
  return !sample.lines.empty() && sample.lines[0].starts_with("id,cid,") &&
         sample.lines[0].find(",ease,") != std::string_view::npos;
}

Result<Places> places_of(std::span<const std::string_view> header, const std::string& file) {
  Places places{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto found = std::find(header.begin(), header.end(), kColumns[i]);
    if (found == header.end()) {
      return invalid_input(
          fmt::format("{}: no column {} in the header, expected one", file, kColumns[i]));
    }
    places[i] = static_cast<std::size_t>(found - header.begin());
  }
  return places;
}

std::string learner_of(const std::string& file) {
  const std::size_t slash = file.find_last_of('/');
  const std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
  return name.substr(0, name.find('.'));
}

Result<Done> accept(const Place& place, std::span<const std::string_view> fields,
                    const Places& places, AnswerRow& row, AnswerSink& sink) {
  const std::string_view rating = trimmed(fields[places[2]]);
  const auto type = parse_integer(trimmed(fields[places[4]]));
  const auto ease = parse_integer(rating);
  if (!type) {
    sink.refuse(place, "type", "not a number, expected 0 to 5", fields[places[4]], 1);
    return Done{};
  }
  if (*type >= kFirstManual || ease == 0) return Done{};
  if (!ease || *ease < kAgain || *ease > kEasy) {
    sink.refuse(place, "ease", "not a rating, expected 1 to 4", rating, 1);
    return Done{};
  }
  const auto at = parse_integer(trimmed(fields[places[0]]));
  if (!at) {
    sink.refuse(place, "id", "not a time, expected milliseconds since 1970", fields[places[0]], 1);
    return Done{};
  }
  row.at = TimePoint(std::chrono::milliseconds(*at));
  row.item = trimmed(fields[places[1]]);
  if (is_missing(row.item)) {
    sink.missing(place, "cid");
    return Done{};
  }
  row.skills.assign(1, row.item);
  row.correct = *ease > kAgain ? 1.0F : 0.0F;
  const auto spent = parse_integer(trimmed(fields[places[3]]));
  row.response_ms = spent && *spent > 0 && *spent < INT32_MAX ? static_cast<std::int32_t>(*spent)
                                                              : kNoResponseTime;
  return sink.accept(place, row);
}

Result<Done> read_one(std::size_t file, const SourceFile& source, AnswerSink& sink) {
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(source, ','));
  MENO_TRY(const bool any, rows.next());
  if (!any || rows.fault()) {
    return invalid_input(fmt::format("{}: no header, expected id,cid,...,ease,...", source.name));
  }
  MENO_TRY(const Places places, places_of(rows.fields(), source.name));
  const std::size_t width = rows.fields().size();
  const std::string learner = learner_of(source.name);
  AnswerRow row;
  row.student = learner;
  for (;;) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    const Place place{.file = file, .line = rows.line_number()};
    if (rows.fault() || rows.fields().size() != width) {
      sink.refuse(place, "row",
                  rows.fault() ? std::string(rows.fault()->reason)
                               : fmt::format("another number of fields, expected {}", width),
                  rows.fault() ? rows.fault()->value : rows.fields()[0], 1);
      continue;
    }
    MENO_TRY_DONE(accept(place, rows.fields(), places, row, sink));
  }
}

}  // namespace

int recognise_anki(const ImportInput& input) {
  const bool all =
      !input.samples.empty() && std::all_of(input.samples.begin(), input.samples.end(), &is_log);
  return all ? 95 : 0;
}

Result<Done> read_anki(const ImportInput& input, AnswerSink& sink) {
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    MENO_TRY_DONE(read_one(i, input.files[i], sink));
  }
  return Done{};
}

}  // namespace meno
