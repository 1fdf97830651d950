#include "service/predict_events.h"

#include <algorithm>
#include <istream>
#include <limits>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/json.h"
#include "domain/sequence.h"
#include "import/values.h"
#include "meta/adapt.h"
#include "meta/registry.h"
#include "meta/run.h"

namespace meno {
namespace {

/// Longest line accepted: far beyond any event, small enough to refuse a file without line ends.
constexpr std::size_t kLongestLine = std::size_t{1} << 20U;

/// How many answers a student has given when theta is first adapted to him.
constexpr std::size_t kFirstAdaptation = 4;

struct Line {
  std::string student;
  std::string item;
  Target target;
  std::vector<SkillId> skills;  // what target.skills views, when the line names them
  std::optional<float> correct;
  std::int32_t response_ms = kNoResponseTime;
};

Error bad_line(std::uint64_t number, const std::string& what) {
  return invalid_input(fmt::format("line {}: {}", number, what));
}

std::string name_in(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Result<Done> read_names(const Json& json, std::uint64_t number, Line& line) {
  for (const auto& [key, into] :
       {std::pair{"student_id", &line.student}, {"item_id", &line.item}}) {
    const auto found = json.find(key);
    if (found == json.end() || !(found->is_string() || found->is_number_integer())) {
      return bad_line(number, fmt::format("{} is {}, expected a name", key,
                                          found == json.end() ? "absent" : found->dump()));
    }
    *into = name_in(*found);
  }
  return Done{};
}

Result<Done> read_skills(const Json& json, std::uint64_t number, const Course& course, Line& line) {
  const auto known = course.items.find(line.item);
  if (known) line.target = {.item = *known, .skills = course.skills_of(*known)};
  const auto found = json.find("skills");
  if (found == json.end() || found->is_null()) return Done{};
  if (!found->is_array())
    return bad_line(number, fmt::format("skills is {}, expected a list of names", found->dump()));
  for (const Json& name : *found) {
    if (const auto skill = course.skills.find(name_in(name))) line.skills.push_back(*skill);
  }
  std::sort(line.skills.begin(), line.skills.end());
  line.skills.erase(std::unique(line.skills.begin(), line.skills.end()), line.skills.end());
  line.target.skills = line.skills;
  return Done{};
}

Result<Done> read_answer(const Json& json, std::uint64_t number, Line& line) {
  if (const auto found = json.find("correct"); found != json.end() && !found->is_null()) {
    line.correct = parse_answer(name_in(*found));
    if (!line.correct)
      return bad_line(number,
                      fmt::format("correct is {}, expected true, false or a number from 0 to 1",
                                  found->dump()));
  }
  if (const auto found = json.find("answered_at"); found != json.end() && !found->is_null()) {
    const auto at = parse_time(name_in(*found));
    if (!at)
      return bad_line(number,
                      fmt::format("answered_at is {}, expected a time such as 2026-01-31T08:30:00Z",
                                  found->dump()));
    line.target.at = *at;
  }
  if (const auto found = json.find("response_ms"); found != json.end() && !found->is_null()) {
    const auto ms = parse_integer(name_in(*found));
    if (!ms || *ms < 0 || *ms > std::numeric_limits<std::int32_t>::max()) {
      return bad_line(
          number, fmt::format("response_ms is {}, expected 0 or more milliseconds", found->dump()));
    }
    line.response_ms = static_cast<std::int32_t>(*ms);
  }
  return Done{};
}

/// Reads into `line`, whose target then views it or the course.
Result<Done> read_line(const std::string& text, std::uint64_t number, const Course& course,
                       Line& line) {
  line = {};
  MENO_TRY(const Json json, parse_json(text, fmt::format("line {}", number)));
  if (!json.is_object()) return bad_line(number, "not a JSON object, expected one event");
  MENO_TRY_DONE(read_names(json, number, line));
  MENO_TRY_DONE(read_skills(json, number, course, line));
  return read_answer(json, number, line);
}

/// The next line without its end. False at the end of input. Errors: InvalidInput for a line over
/// the limit.
Result<bool> next_line(std::istream& in, std::uint64_t number, std::string& text) {
  text.clear();
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') return true;
    if (text.size() == kLongestLine) {
      return bad_line(number,
                      fmt::format("longer than {} bytes, expected one event a line", kLongestLine));
    }
    text.push_back(static_cast<char>(c));
  }
  return !text.empty();
}

/// A student being followed, with parameters of his own once adapted.
struct Followed {
  std::unique_ptr<const OnlineModel> own;  // what `tracker` belongs to, once adapted
  std::unique_ptr<Tracker> tracker;
  History history;  // kept only for adaptation
};

class Predictor {
 public:
  Predictor(const Run& run, std::optional<InnerLoop> inner)
      : run_(run), inner_(std::move(inner)), online_(run.model->online(run.theta)) {}

  double p_correct(const Line& line) {
    double p = 0.0;
    followed(line.student).tracker->p_correct({&line.target, 1}, {&p, 1});
    return p;
  }

  void observe(const Line& line) {
    if (!line.correct) return;
    const Event event{.item = line.target.item,
                      .skills = line.target.skills,
                      .correct = *line.correct,
                      .at = line.target.at,
                      .response_ms = line.response_ms};
    Followed& student = followed(line.student);
    student.tracker->observe(event);
    if (!inner_) return;
    student.history.push_back(event);
    const std::size_t size = student.history.size();
    if (size >= kFirstAdaptation && (size & (size - 1)) == 0) adapt(student);
  }

 private:
  Followed& followed(const std::string& name) {
    Followed& student = students_[name];
    if (!student.tracker) student.tracker = online_->new_student();
    return student;
  }

  void adapt(Followed& student) const {
    const Sequence past = student.history.view();
    const auto window = run_.model->encode({.events = past});
    const Encoded* const support[] = {window.get()};
    auto own = run_.model->online(adapted(*run_.model, run_.theta, *inner_, support));
    auto tracker = own->new_student();
    for (std::size_t t = 0; t < past.size(); ++t) tracker->observe(past[t]);
    student.tracker = std::move(tracker);  // before the model that the old one may belong to
    student.own = std::move(own);
  }

  const Run& run_;
  std::optional<InnerLoop> inner_;
  std::unique_ptr<const OnlineModel> online_;
  std::unordered_map<std::string, Followed> students_;
};

}  // namespace

Result<std::uint64_t> predict_events(const PredictEvents& ask, std::istream& in,
                                     std::ostream& out) {
  MENO_TRY(const Run run, load_run(ask.run));
  std::optional<InnerLoop> inner;
  if (ask.adapt) {
    MENO_TRY(const LearnerEntry* const entry, find_learner(run.learner_name));
    MENO_TRY(const LearnerSetup learner, entry->make(run.learner_options));
    MENO_TRY(inner, inner_loop(learner, run.model->layout(), run.learnt));
  }
  Predictor predictor(run, std::move(inner));
  std::string text;
  Line line;
  std::uint64_t events = 0;
  for (std::uint64_t number = 1;; ++number) {
    MENO_TRY(const bool more, next_line(in, number, text));
    if (!more) break;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    MENO_TRY_DONE(read_line(text, number, run.course, line));
    const Json reply = {{"student_id", line.student},
                        {"item_id", line.item},
                        {"p_correct", predictor.p_correct(line)}};
    out << reply.dump() << '\n';
    predictor.observe(line);
    ++events;
  }
  out.flush();
  if (!out) return unavailable("the predictions cannot be written, expected room on the output");
  return events;
}

}  // namespace meno
