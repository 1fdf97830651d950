// JSON Lines: one answer a line, {"student": "s1", "item": "i1", "skills": ["k"], "correct": true,
// "at": "..."}, with the same names as the columns of tables; or one student a line: {"student_id",
// "exercises_logs": [...], "is_corrects": [...]}, with the skills of the exercises in another file:
// {"exercise_id", "skill_ids": [...], "skill_desc": [...]}.
#include <algorithm>
#include <deque>
#include <unordered_map>

#include <fmt/format.h>
#include <simdjson.h>

#include "import/line_reader.h"
#include "import/record/record.h"
#include "import/values.h"

namespace meno {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;
using ItemSkills = std::unordered_map<std::string, std::vector<std::string>>;

/// A number, text or truth value as text; nothing for null, arrays and objects.
std::string text_of(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_null() || value.is_array() || value.is_object()) return {};
  return simdjson::minify(value);
}

std::vector<std::string> texts_of(const element& value) {
  std::vector<std::string> texts;
  simdjson::dom::array values;
  if (value.get(values) != simdjson::SUCCESS) return {text_of(value)};
  for (const element each : values) texts.push_back(text_of(each));
  return texts;
}

/// Lines parsed one by one; what is no object is refused.
template <class Take>
Result<Done> each_object(std::size_t file, const SourceFile& source, AnswerSink& sink,
                         const Take& take) {
  MENO_TRY(std::unique_ptr<ByteStream> stream, open_source(source));
  LineReader lines(std::move(stream), source.name, kLongestHistory);
  simdjson::dom::parser parser;
  std::string_view line;
  while (true) {
    MENO_TRY(const bool more, lines.next(line));
    if (!more) return Done{};
    if (trimmed(line).empty()) continue;
    const Place place{.file = file, .line = lines.line_number()};
    object fields;
    const auto fault = parser.parse(line.data(), line.size(), true).get(fields);
    if (fault != simdjson::SUCCESS) {
      sink.refuse(place, "line", "not a JSON object, expected one a line", line, 1);
      continue;
    }
    MENO_TRY_DONE(take(place, fields));
  }
}

/// The first line of a file, when it is an object with these keys.
bool begins_with_keys(const SourceSample& sample, std::initializer_list<const char*> keys) {
  if (sample.lines.empty()) return false;
  simdjson::dom::parser parser;
  object fields;
  if (parser.parse(sample.lines[0].data(), sample.lines[0].size(), true).get(fields) !=
      simdjson::SUCCESS) {
    return false;
  }
  return std::all_of(keys.begin(), keys.end(),
                     [&](const char* key) { return fields[key].error() == simdjson::SUCCESS; });
}

bool is_histories(const SourceSample& s) {
  return begins_with_keys(s, {"student_id", "exercises_logs", "is_corrects"});
}
bool is_exercises(const SourceSample& s) {
  return begins_with_keys(s, {"exercise_id", "skill_ids"});
}

/// Skills by their descriptions where every one has its own, else by their ids.
Result<Done> read_exercises(std::size_t file, const SourceFile& source, AnswerSink& sink,
                            ItemSkills& skills) {
  return each_object(file, source, sink, [&](const Place& place, const object& fields) {
    element id;
    element ids;
    if (fields["exercise_id"].get(id) != simdjson::SUCCESS ||
        fields["skill_ids"].get(ids) != simdjson::SUCCESS) {
      sink.refuse(place, "exercise", "no exercise_id or skill_ids, expected both", "", 1);
      return Result<Done>(Done{});
    }
    std::vector<std::string>& known = skills[text_of(id)];
    const std::vector<std::string> numbers = texts_of(ids);
    element descriptions;
    const bool described = fields["skill_desc"].get(descriptions) == simdjson::SUCCESS &&
                           texts_of(descriptions).size() == numbers.size();
    if (described) {
      known = texts_of(descriptions);
    } else if (known.empty()) {
      known = numbers;
    }
    return Result<Done>(Done{});
  });
}

Result<Done> take_history(const Place& place, const object& fields, const ItemSkills& skills,
                          AnswerSink& sink) {
  element student;
  element items;
  element answers;
  if (fields["student_id"].get(student) != simdjson::SUCCESS ||
      fields["exercises_logs"].get(items) != simdjson::SUCCESS ||
      fields["is_corrects"].get(answers) != simdjson::SUCCESS) {
    sink.refuse(place, "line", "expected student_id, exercises_logs and is_corrects", "", 1);
    return Done{};
  }
  const std::string name = text_of(student);
  const std::vector<std::string> item_names = texts_of(items);
  const std::vector<std::string> answer_texts = texts_of(answers);
  if (item_names.size() != answer_texts.size()) {
    sink.refuse(place, "is_corrects", "another number of answers than exercises, expected as many",
                fmt::format("{} exercises, {} answers", item_names.size(), answer_texts.size()),
                std::max<std::size_t>(1, answer_texts.size()));
    return Done{};
  }
  AnswerRow row;
  row.student = name;
  for (std::size_t t = 0; t < item_names.size(); ++t) {
    const std::optional<float> correct = parse_answer(answer_texts[t]);
    if (is_missing(answer_texts[t])) {
      sink.missing(place, "is_corrects");
    } else if (!correct) {
      sink.refuse(place, "is_corrects", "not an answer, expected 0 to 1", answer_texts[t], 1);
    } else {
      row.item = item_names[t];
      row.correct = *correct;
      const auto known = skills.find(item_names[t]);
      row.skills.clear();
      if (known != skills.end()) row.skills.assign(known->second.begin(), known->second.end());
      if (skills.empty()) row.skills.assign(1, row.item);
      MENO_TRY_DONE(sink.accept(place, row));
    }
  }
  return Done{};
}

/// The fields of an object in the order of `keys`; a list of skills is joined by a character that
/// no text has.
class ObjectFields {
 public:
  static constexpr char kSeparator = '\x1F';
  explicit ObjectFields(std::vector<std::string> keys) : keys_(std::move(keys)) {}

  std::span<const std::string_view> of(const object& fields) {
    texts_.clear();
    views_.clear();
    for (const std::string& key : keys_) {
      element value;
      std::string& text = texts_.emplace_back();
      if (fields[key].get(value) == simdjson::SUCCESS) {
        text = value.is_array()
                   ? fmt::format("{}", fmt::join(texts_of(value), std::string(1, kSeparator)))
                   : text_of(value);
      }
      views_.push_back(text);
    }
    return views_;
  }

 private:
  std::vector<std::string> keys_;
  std::deque<std::string> texts_;
  std::vector<std::string_view> views_;
};

/// The keys of the first objects of a file, in order of appearance.
std::vector<std::string> keys_of(const SourceSample& sample) {
  std::vector<std::string> keys;
  simdjson::dom::parser parser;
  for (std::size_t i = 0; i < std::min<std::size_t>(sample.lines.size(), 100); ++i) {
    object fields;
    if (parser.parse(sample.lines[i].data(), sample.lines[i].size(), true).get(fields) !=
        simdjson::SUCCESS) {
      continue;
    }
    for (const auto& [key, value] : fields) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.emplace_back(key);
    }
  }
  return keys;
}

Result<Done> read_events(std::size_t file, const ImportInput& input, AnswerSink& sink) {
  const SourceSample& sample = input.samples[file];
  if (sample.fault) return *sample.fault;
  const std::vector<std::string> keys = keys_of(sample);
  if (keys.empty()) {
    return invalid_input(
        fmt::format("{}: no JSON objects, expected one a line", input.files[file].name));
  }
  const std::vector<std::string_view> header(keys.begin(), keys.end());
  MENO_TRY(ColumnPlan plan, plan_columns(header, input.options, input.files[file].name));
  plan.skill_separator = std::string(1, ObjectFields::kSeparator);
  RecordReader records(plan, input.options, sink);
  ObjectFields fields(keys);
  return each_object(file, input.files[file], sink, [&](const Place& place, const object& line) {
    return records.take(place, fields.of(line));
  });
}

}  // namespace

int recognise_jsonl(const ImportInput& input) {
  const bool any = std::any_of(input.samples.begin(), input.samples.end(), [&](const auto& sample) {
    if (is_histories(sample)) return true;
    const std::vector<std::string> keys = keys_of(sample);
    const std::vector<std::string_view> header(keys.begin(), keys.end());
    return plan_columns(header, input.options, "").has_value();
  });
  return any ? 70 : 0;
}

Result<Done> read_jsonl(const ImportInput& input, AnswerSink& sink) {
  ItemSkills skills;
  bool histories = false;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    histories = histories || is_histories(input.samples[i]);
    if (!is_exercises(input.samples[i])) continue;
    MENO_TRY_DONE(read_exercises(i, input.files[i], sink, skills));
  }
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    if (is_exercises(input.samples[i])) continue;
    if (!histories) {
      MENO_TRY_DONE(read_events(i, input, sink));
    } else if (is_histories(input.samples[i])) {
      MENO_TRY_DONE(
          each_object(i, input.files[i], sink, [&](const Place& place, const object& line) {
            return take_history(place, line, skills, sink);
          }));
    } else {
      sink.note(fmt::format("{}: no histories, so not read", input.files[i].name));
    }
  }
  return Done{};
}

}  // namespace meno
