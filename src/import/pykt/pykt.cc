// pyKT's layouts (Liu et al. 2022). data.txt: six lines a student,
//   uid,len / questions / concepts / responses / timestamps / usetimes    ("NA" where the source
//   has none; concepts "1_2")
// and its tables train_valid*.csv and test*.csv:
// fold,uid,questions,concepts,responses,timestamps,...,is_repeat with quoted lists padded by -1, a
// long history in several rows.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/importer.h"
#include "import/values.h"

namespace meno {
namespace {

struct Lists {
  std::string_view student, split;
  std::string_view questions, concepts, responses, times, use_times, repeats;
};

bool is_blocks(const SourceSample& s) {
  if (s.lines.size() < 6) return false;
  std::vector<std::string_view> head;
  split_list(s.lines[0], ',', head);
  if (head.size() != 2) return false;
  const auto count =
      static_cast<std::int64_t>(1 + std::count(s.lines[3].begin(), s.lines[3].end(), ','));
  return parse_integer(head[1]) == count &&
         (s.lines[1] == "NA" || s.lines[2] == "NA" || s.lines[4] == "NA" || s.lines[5] == "NA" ||
          std::count(s.lines[4].begin(), s.lines[4].end(), ',') + 1 == count);
}

std::vector<std::string_view> header_of(const SourceSample& s) {
  std::vector<std::string_view> header;
  if (!s.lines.empty()) split_list(s.lines[0], ',', header);
  return header;
}

bool is_table(const SourceSample& s) {
  const std::vector<std::string_view> header = header_of(s);
  const auto has = [&](std::string_view name) {
    return std::find(header.begin(), header.end(), name) != header.end();
  };
  return has("uid") && has("responses") && (has("questions") || has("concepts"));
}

class PyktReader {
 public:
  explicit PyktReader(AnswerSink& sink) : sink_(sink) {}

  Result<Done> read_blocks(std::size_t file, const SourceFile& source);
  Result<Done> read_table(std::size_t file, const ImportInput& input);

 private:
  Result<Done> accept(const Place& place, const Lists& lists);
  Result<Done> accept_step(const Place& place, std::size_t t);
  bool split(const Place& place, const Lists& lists);

  AnswerSink& sink_;
  AnswerRow row_;
  std::vector<std::string_view> questions_, concepts_, responses_, times_, use_times_, repeats_;
  std::map<std::string, std::int64_t, std::less<>> orders_;  // answers so far of each student
};

void split_values(std::string_view list, std::vector<std::string_view>& values) {
  values.clear();
  if (!is_missing(list)) split_list(list, ',', values);
}

bool PyktReader::split(const Place& place, const Lists& lists) {
  split_values(lists.questions, questions_);
  split_values(lists.concepts, concepts_);
  split_values(lists.responses, responses_);
  split_values(lists.times, times_);
  split_values(lists.use_times, use_times_);
  split_values(lists.repeats, repeats_);
  const auto fits = [&](const auto& list) {
    return list.empty() || list.size() == responses_.size();
  };
  const bool good = !responses_.empty() && (!questions_.empty() || !concepts_.empty()) &&
                    fits(questions_) && fits(concepts_);
  if (!fits(times_)) times_.clear();
  if (!fits(use_times_)) use_times_.clear();
  if (!fits(repeats_)) repeats_.clear();
  if (good) return true;
  sink_.refuse(place, "lists", "lists of different lengths, expected one id per response",
               fmt::format("{} questions, {} concepts, {} responses", questions_.size(),
                           concepts_.size(), responses_.size()),
               std::max<std::size_t>(1, responses_.size()));
  return false;
}

Result<Done> PyktReader::accept_step(const Place& place, std::size_t t) {
  const std::optional<float> correct = parse_answer(responses_[t]);
  if (!correct) {
    sink_.refuse(place, "responses", "not an answer, expected 0 to 1", responses_[t], 1);
    return Done{};
  }
  row_.correct = *correct;
  row_.item = questions_.empty() ? concepts_[t] : questions_[t];
  row_.skills.clear();
  if (concepts_.empty()) {
    row_.skills.push_back(row_.item);
  } else if (concepts_[t] != "-1") {
    split_list(concepts_[t], '_', row_.skills);
  }
  row_.at = kNoTime;
  row_.response_ms = kNoResponseTime;
  if (!times_.empty() && times_[t] != "-1") row_.at = parse_time(times_[t]).value_or(kNoTime);
  if (!use_times_.empty()) {
    const std::int64_t ms = parse_duration_ms(use_times_[t], 1.0).value_or(-1);
    if (ms >= 0 && ms <= INT32_MAX) row_.response_ms = static_cast<std::int32_t>(ms);
  }
  return sink_.accept(place, row_);
}

Result<Done> PyktReader::accept(const Place& place, const Lists& lists) {
  if (!split(place, lists)) return Done{};
  row_.student = lists.student;
  row_.split = lists.split;
  auto order = orders_.find(lists.student);
  if (order == orders_.end()) order = orders_.emplace(std::string(lists.student), 0).first;
  for (std::size_t t = 0; t < responses_.size(); ++t) {
    const bool padding = responses_[t] == "-1" && (questions_.empty() || questions_[t] == "-1" ||
                                                   concepts_.empty() || concepts_[t] == "-1");
    if (padding) continue;
    const bool again =
        !repeats_.empty() && repeats_[t] == "1";  // the same answer for its next concept
    if (!again) ++order->second;
    row_.order = repeats_.empty() ? kNoOrder : order->second;
    MENO_TRY_DONE(accept_step(place, t));
  }
  return Done{};
}

Result<Done> PyktReader::read_blocks(std::size_t file, const SourceFile& source) {
  MENO_TRY(std::unique_ptr<ByteStream> stream, open_source(source));
  LineReader lines(std::move(stream), source.name, kLongestHistory);
  std::array<std::string, 6> block;
  std::size_t filled = 0;
  Place place{.file = file, .line = 0};
  std::string_view line;
  while (true) {
    MENO_TRY(const bool more, lines.next(line));
    if (!more) break;
    if (filled == 0 && trimmed(line).empty()) continue;
    if (filled == 0) place.line = lines.line_number();
    if (!is_utf8(line) || (filled == 0 && std::count(line.begin(), line.end(), ',') != 1)) {
      sink_.refuse(place, "block", "a line that starts no block, expected uid,length", line, 1);
      filled = 0;
      continue;
    }
    block[filled++] = line;
    if (filled < block.size()) continue;
    filled = 0;
    const std::string_view student =
        trimmed(std::string_view(block[0]).substr(0, block[0].find(',')));
    MENO_TRY_DONE(accept(place, {.student = student,
                                 .split = {},
                                 .questions = block[1],
                                 .concepts = block[2],
                                 .responses = block[3],
                                 .times = block[4],
                                 .use_times = block[5],
                                 .repeats = {}}));
  }
  if (filled > 0) {
    sink_.refuse(place, "block", "the file ends inside a block, expected 6 lines", block[0], 1);
  }
  return Done{};
}

Result<Done> PyktReader::read_table(std::size_t file, const ImportInput& input) {
  const std::vector<std::string_view> header = header_of(input.samples[file]);
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(input.files[file], ','));
  const bool test = input.files[file].name.find("test") != std::string::npos;
  for (bool first = true;; first = false) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    if (first) continue;
    const Place place{.file = file, .line = rows.line_number()};
    if (rows.fault() || rows.fields().size() != header.size()) {
      sink_.refuse(place, "row", "another number of fields or broken text, expected one per column",
                   rows.fields().empty() ? "" : rows.fields()[0], 1);
      continue;
    }
    const auto column = [&](std::string_view name) {
      const auto at = std::find(header.begin(), header.end(), name) - header.begin();
      return at == static_cast<std::ptrdiff_t>(header.size())
                 ? std::string_view()
                 : rows.fields()[static_cast<std::size_t>(at)];
    };
    const std::string fold = fmt::format("fold{}", column("fold"));
    const bool folded = !test && !column("fold").empty() && column("fold") != "-1";
    MENO_TRY_DONE(accept(place, {.student = column("uid"),
                                 .split = folded ? std::string_view(fold)
                                          : test ? "test"
                                                 : "",
                                 .questions = column("questions"),
                                 .concepts = column("concepts"),
                                 .responses = column("responses"),
                                 .times = column("timestamps"),
                                 .use_times = column("usetimes"),
                                 .repeats = column("is_repeat")}));
  }
}

/// pyKT writes the same answers several times; per part the first of these that is there is read.
std::set<std::string> chosen_tables(const ImportInput& input) {
  constexpr std::array<std::array<std::string_view, 4>, 2> kParts{
      {{"train_valid.csv", "train_valid_sequences.csv", "train_valid_quelevel.csv",
        "train_valid_sequences_quelevel.csv"},
       {"test.csv", "test_sequences.csv", "test_quelevel.csv", "test_sequences_quelevel.csv"}}};
  std::set<std::string> chosen;
  for (const auto& part : kParts) {
    const auto there = [&](std::string_view name) {
      return std::any_of(input.files.begin(), input.files.end(), [&](const SourceFile& file) {
        return file.name == name || file.name == std::string(name) + ".gz";
      });
    };
    const auto first = std::find_if(part.begin(), part.end(), there);
    if (first == part.end()) continue;
    chosen.insert(std::string(*first));
    chosen.insert(std::string(*first) + ".gz");
  }
  return chosen;
}

}  // namespace

int recognise_pykt(const ImportInput& input) {
  const bool any = std::any_of(input.samples.begin(), input.samples.end(),
                               [](const auto& s) { return is_table(s) || is_blocks(s); });
  return any ? 90 : 0;
}

Result<Done> read_pykt(const ImportInput& input, AnswerSink& sink) {
  const std::set<std::string> chosen = chosen_tables(input);
  PyktReader reader(sink);
  std::size_t read = 0;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const SourceFile& file = input.files[i];
    const bool table = is_table(input.samples[i]);
    if (table && (chosen.empty() || chosen.count(file.name) > 0)) {
      ++read;
      MENO_TRY_DONE(reader.read_table(i, input));
    } else if (!table && chosen.empty() && is_blocks(input.samples[i])) {
      ++read;
      MENO_TRY_DONE(reader.read_blocks(i, file));
    } else {
      if (input.files.size() == 1 && input.samples[i].fault) return *input.samples[i].fault;
      sink.note(
          fmt::format("{}: no pyKT records, or a copy of another file's, so not read", file.name));
    }
  }
  if (read > 0) return Done{};
  return invalid_input(
      fmt::format("{}: no pyKT records, expected blocks of 6 lines or columns uid, questions, "
                  "concepts, responses",
                  input.files.front().name));
}

}  // namespace meno
