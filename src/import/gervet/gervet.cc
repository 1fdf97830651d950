// Gervet's layout (Gervet, Koedinger, Schneider & Mitchell 2020): preprocessed_data_train.csv and
// _test.csv, tab-separated, split by student, with q_mat.csv beside them: the skills of every item.
// skill_id in the rows numbers combinations of skills, so it is used only for items that q_mat.csv
// lacks.
#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/importer.h"
#include "import/values.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 5> kColumns{"user_id", "item_id", "timestamp", "correct",
                                                   "skill_id"};
using Places = std::array<std::size_t, kColumns.size()>;
using ItemSkills = std::unordered_map<std::string, std::vector<std::string>>;

bool is_rows(const SourceSample& sample) {
  return !sample.lines.empty() && sample.lines[0].starts_with("user_id\titem_id\t") &&
         sample.lines[0].find("\tcorrect") != std::string_view::npos;
}

bool is_matrix(const SourceSample& sample) {
  return !sample.lines.empty() && sample.lines[0] == "item_id,skill_id";
}

Result<Done> read_item_skills(const SourceFile& file, ItemSkills& skills) {
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(file, ','));
  for (bool header = true;; header = false) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    if (header) continue;
    if (rows.fault() || rows.fields().size() != 2) {
      return invalid_input(fmt::format("{}: line {} is no pair, expected item_id,skill_id",
                                       file.name, rows.line_number()));
    }
    skills[std::string(rows.fields()[0])].emplace_back(rows.fields()[1]);
  }
}

/// Where each of kColumns stands; a missing skill_id stands behind the last column.
Result<Places> places_of(std::span<const std::string_view> header, const std::string& file) {
  Places places{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto found = std::find(header.begin(), header.end(), kColumns[i]);
    places[i] = static_cast<std::size_t>(found - header.begin());
    if (found == header.end() && kColumns[i] != "skill_id") {
      return invalid_input(
          fmt::format("{}: no column {} in the header, expected one", file, kColumns[i]));
    }
  }
  return places;
}

Result<Done> accept(const Place& place, std::span<const std::string_view> fields,
                    const Places& places, const ItemSkills& skills, AnswerRow& row,
                    AnswerSink& sink) {
  row.student = fields[places[0]];
  row.item = fields[places[1]];
  const std::optional<std::int64_t> seconds = parse_duration_ms(fields[places[2]], 1000.0);
  const std::optional<float> correct = parse_answer(fields[places[3]]);
  if (!correct) {
    if (is_missing(fields[places[3]])) {
      sink.missing(place, "correct");
    } else {
      sink.refuse(place, "correct", "not an answer, expected 0 to 1", fields[places[3]], 1);
    }
    return Done{};
  }
  if (!seconds) {
    sink.refuse(place, "timestamp", "not a time, expected seconds", fields[places[2]], 1);
    return Done{};
  }
  row.at = TimePoint(std::chrono::milliseconds(*seconds));
  row.correct = *correct;
  row.skills.clear();
  const auto known = skills.find(std::string(row.item));
  if (known != skills.end()) {
    row.skills.assign(known->second.begin(), known->second.end());
  } else if (places[4] < fields.size()) {
    row.skills.push_back(fields[places[4]]);
  }
  return sink.accept(place, row);
}

Result<Done> read_rows(std::size_t file, const SourceFile& source, const ItemSkills& skills,
                       AnswerSink& sink) {
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(source, '\t'));
  MENO_TRY([[maybe_unused]] const bool header, rows.next());
  MENO_TRY(const Places places, places_of(rows.fields(), source.name));
  const std::size_t needed = 1 + *std::max_element(places.begin(), places.end() - 1);
  AnswerRow row;
  if (source.name.find("_train") != std::string::npos) row.split = "train";
  if (source.name.find("_test") != std::string::npos) row.split = "test";
  while (true) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    const Place place{.file = file, .line = rows.line_number()};
    if (rows.fault()) {
      sink.refuse(place, "row", rows.fault()->reason, rows.fault()->value, 1);
    } else if (rows.fields().size() < needed) {
      sink.refuse(place, "row", fmt::format("too few fields, expected {}", needed),
                  fmt::format("{} fields", rows.fields().size()), 1);
    } else {
      MENO_TRY_DONE(accept(place, rows.fields(), places, skills, row, sink));
    }
  }
}

}  // namespace

int recognise_gervet(const ImportInput& input) {
  const bool any = std::any_of(input.samples.begin(), input.samples.end(), is_rows);
  return any ? 95 : 0;
}

Result<Done> read_gervet(const ImportInput& input, AnswerSink& sink) {
  ItemSkills skills;
  std::size_t read = 0;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    if (!is_matrix(input.samples[i])) continue;
    MENO_TRY_DONE(read_item_skills(input.files[i], skills));
  }
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    if (is_matrix(input.samples[i])) continue;
    if (is_rows(input.samples[i])) {
      ++read;
      MENO_TRY_DONE(read_rows(i, input.files[i], skills, sink));
      continue;
    }
    if (input.files.size() == 1 && input.samples[i].fault) return *input.samples[i].fault;
    sink.note(fmt::format("{}: neither rows nor q_mat.csv, so not read", input.files[i].name));
  }
  if (read > 0) return Done{};
  return invalid_input(
      fmt::format("{}: no table of answers, expected tab-separated user_id, item_id, timestamp, "
                  "correct, skill_id",
                  input.files.front().name));
}

}  // namespace meno
