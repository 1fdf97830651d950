// EdNet (Choi et al. 2020): one log per student (u<id>.csv) and questions.csv with the right option
// and the tags of every question. KT1 has an answer a row; KT2 to KT4 have actions, where the last
// response to each question of a bundle before its submission is the answer.
#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/importer.h"
#include "import/values.h"

namespace meno {
namespace {

struct Question {
  std::string right;
  std::vector<std::string> tags;
};

struct Questions {
  std::unordered_map<std::string, Question> by_id;
  std::unordered_map<std::string, std::vector<std::string>> of_bundle;
};

bool is_questions(const SourceSample& s) {
  return !s.lines.empty() && s.lines[0].starts_with("question_id,bundle_id,");
}
bool is_actions(const SourceSample& s) {
  return !s.lines.empty() && s.lines[0].starts_with("timestamp,action_type,item_id,");
}
bool is_answers(const SourceSample& s) {
  return !s.lines.empty() && s.lines[0].starts_with("timestamp,solving_id,question_id,user_answer");
}

/// The student is the file's name: "KT1/u12.csv.gz" -> "u12".
std::string student_of(const std::string& name) {
  return std::filesystem::path(name).filename().stem().stem().string();
}

/// Where the column stands; the header's size where there is none.
std::size_t column_of(std::span<const std::string> header, std::string_view name) {
  return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
}

Result<Done> take_any_header(std::span<const std::string> /*header*/) { return Done{}; }

/// The header of one file, handed to `begin`, and the rows below it, handed to `take` with as many
/// fields; faulty ones are refused.
template <class Begin, class Take>
Result<Done> each_row(std::size_t file, const SourceFile& source, AnswerSink& sink,
                      const Begin& begin, const Take& take) {
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(source, ','));
  std::vector<std::string> header;
  while (true) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    const Place place{.file = file, .line = rows.line_number()};
    if (header.empty()) {
      header.assign(rows.fields().begin(), rows.fields().end());
      MENO_TRY_DONE(begin(header));
    } else if (rows.fault() || rows.fields().size() != header.size()) {
      sink.refuse(place, "row",
                  rows.fault()
                      ? std::string(rows.fault()->reason)
                      : fmt::format("another number of fields, expected {}", header.size()),
                  rows.fault() ? rows.fault()->value : rows.fields()[0], 1);
    } else {
      MENO_TRY_DONE(take(place, rows.fields()));
    }
  }
}

Result<Done> read_questions(std::size_t file, const ImportInput& input, AnswerSink& sink,
                            Questions& questions) {
  std::size_t right = 0;
  std::size_t tags = 0;
  const auto begin = [&](std::span<const std::string> header) -> Result<Done> {
    right = column_of(header, "correct_answer");
    tags = column_of(header, "tags");
    if (right < header.size() && tags < header.size()) return Done{};
    return invalid_input(
        fmt::format("{}: no column correct_answer or tags, expected both", input.files[file].name));
  };
  std::uint64_t untagged = 0;
  const auto take = [&](const Place&, auto fields) -> Result<Done> {
    Question& question = questions.by_id[std::string(fields[0])];
    questions.of_bundle[std::string(fields[1])].emplace_back(fields[0]);
    question.right = fields[right];
    std::vector<std::string_view> list;
    split_list(fields[tags], ';', list);
    std::erase(list, "-1");
    untagged += list.empty() ? 1 : 0;
    question.tags.assign(list.begin(), list.end());
    return sink.declare_item(fields[0], list);
  };
  MENO_TRY_DONE(each_row(file, input.files[file], sink, begin, take));
  if (untagged > 0) {
    sink.note(fmt::format(
        "{} questions carry the tag -1, which stands for no tag: they have no skills", untagged));
  }
  return Done{};
}

class EdnetReader {
 public:
  EdnetReader(const ImportInput& input, const Questions& questions, AnswerSink& sink)
      : input_(input), questions_(questions), sink_(sink) {}

  Result<Done> read_answers(std::size_t file);
  Result<Done> read_actions(std::size_t file);
  std::uint64_t unsubmitted() const { return unsubmitted_; }

 private:
  struct Response {
    Place place;
    std::string question, option;
    std::optional<TimePoint> at;
    std::int32_t response_ms = kNoResponseTime;
  };
  Result<Done> accept(const Response& response);
  Result<Done> submit(const std::string& bundle);
  void respond(const Place& place, std::span<const std::string_view> fields, std::size_t option);

  const ImportInput& input_;
  const Questions& questions_;
  AnswerSink& sink_;
  std::string student_;
  std::unordered_map<std::string, Response> pending_;  // by question
  std::optional<TimePoint> entered_;
  std::uint64_t unsubmitted_ = 0;
};

Result<Done> EdnetReader::accept(const Response& response) {
  const auto found = questions_.by_id.find(response.question);
  if (found == questions_.by_id.end()) {
    sink_.refuse(response.place, "question", "not in questions.csv, expected a known question",
                 response.question, 1);
    return Done{};
  }
  if (is_missing(response.option)) {
    sink_.missing(response.place, "user_answer");
    return Done{};
  }
  if (!response.at) {
    sink_.refuse(response.place, "timestamp", "not a time, expected milliseconds since 1970", "",
                 1);
    return Done{};
  }
  AnswerRow row;
  row.student = student_;
  row.item = response.question;
  row.skills.assign(found->second.tags.begin(), found->second.tags.end());
  row.correct = response.option == found->second.right ? 1.0F : 0.0F;
  row.at = *response.at;
  row.response_ms = response.response_ms;
  return sink_.accept(response.place, row);
}

Result<Done> EdnetReader::read_answers(std::size_t file) {
  student_ = student_of(input_.files[file].name);
  const auto take = [&](const Place& place, auto fields) {
    Response response{.place = place,
                      .question = std::string(fields[2]),
                      .option = std::string(fields[3]),
                      .at = parse_time(fields[0])};
    if (fields.size() > 4) {
      const auto ms = parse_integer(fields[4]);
      if (ms && *ms >= 0 && *ms <= INT32_MAX) response.response_ms = static_cast<std::int32_t>(*ms);
    }
    return accept(response);
  };
  return each_row(file, input_.files[file], sink_, &take_any_header, take);
}

void EdnetReader::respond(const Place& place, std::span<const std::string_view> fields,
                          std::size_t option) {
  Response& response = pending_[std::string(fields[2])];
  response = {.place = place,
              .question = std::string(fields[2]),
              .option = std::string(fields[option]),
              .at = parse_time(fields[0])};
  if (response.at && entered_ && *response.at >= *entered_) {
    const auto ms = (*response.at - *entered_).count();
    if (ms <= INT32_MAX) response.response_ms = static_cast<std::int32_t>(ms);
  }
}

/// The answers of a bundle, in the order of its questions; a bundle that the table lacks is taken
/// for a question.
Result<Done> EdnetReader::submit(const std::string& bundle) {
  const auto found = questions_.of_bundle.find(bundle);
  const std::vector<std::string> alone{bundle};
  for (const std::string& question : found == questions_.of_bundle.end() ? alone : found->second) {
    const auto response = pending_.find(question);
    if (response == pending_.end()) continue;
    MENO_TRY_DONE(accept(response->second));
    pending_.erase(response);
  }
  return Done{};
}

Result<Done> EdnetReader::read_actions(std::size_t file) {
  student_ = student_of(input_.files[file].name);
  pending_.clear();
  entered_.reset();
  std::size_t option = 0;
  const auto begin = [&](std::span<const std::string> header) -> Result<Done> {
    option = column_of(header, "user_answer");
    if (option < header.size()) return Done{};
    return invalid_input(
        fmt::format("{}: no column user_answer, expected one", input_.files[file].name));
  };
  const auto take = [&](const Place& place, auto fields) -> Result<Done> {
    if (fields[1] == "enter") entered_ = parse_time(fields[0]);
    if (fields[1] == "respond") respond(place, fields, option);
    return fields[1] == "submit" ? submit(std::string(fields[2])) : Result<Done>(Done{});
  };
  MENO_TRY_DONE(each_row(file, input_.files[file], sink_, begin, take));
  unsubmitted_ += pending_.size();
  return Done{};
}

}  // namespace

int recognise_ednet(const ImportInput& input) {
  const auto any = [&](auto is) {
    return std::any_of(input.samples.begin(), input.samples.end(), is);
  };
  return any(is_questions) && (any(is_actions) || any(is_answers)) ? 95 : 0;
}

Result<Done> read_ednet(const ImportInput& input, AnswerSink& sink) {
  Questions questions;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    if (!is_questions(input.samples[i])) continue;
    MENO_TRY_DONE(read_questions(i, input, sink, questions));
  }
  if (questions.by_id.empty()) {
    return invalid_input(
        fmt::format("{}: no questions.csv, expected it beside the logs: it has the right options",
                    input.files.front().name));
  }
  EdnetReader reader(input, questions, sink);
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    if (!is_utf8(input.files[i].name)) {
      return invalid_input(
          fmt::format("file {} of {}: a name that is not UTF-8, expected the student's", i + 1,
                      input.files.size()));
    }
    if (is_answers(input.samples[i])) {
      MENO_TRY_DONE(reader.read_answers(i));
    } else if (is_actions(input.samples[i])) {
      MENO_TRY_DONE(reader.read_actions(i));
    } else if (!is_questions(input.samples[i])) {
      sink.note(fmt::format("{}: no log of answers, so not read", input.files[i].name));
    }
  }
  if (reader.unsubmitted() > 0) {
    sink.note(
        fmt::format("{} responses were never submitted and are no answers", reader.unsubmitted()));
  }
  return Done{};
}

}  // namespace meno
