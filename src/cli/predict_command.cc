// meno predict: events on standard input -> probabilities on standard output, one JSON object a
// line.
#include <iostream>
#include <sstream>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/predict_events.h"

namespace meno {
namespace {

/// The lines of `text` as one array.
Result<Json> array_of(std::istream& lines) {
  Json events = Json::array();
  for (std::string line; std::getline(lines, line);) {
    MENO_TRY(Json event, parse_json(line, "prediction"));
    events.push_back(std::move(event));
  }
  return Json{{"events", std::move(events)}};
}

}  // namespace

int predict_command(int argc, const char* const* argv) {
  Invocation call(
      "predict",
      "Read events as JSON Lines on standard input and write the probability of a right answer to "
      "each, before "
      "it is taken into account. An event: {\"student_id\", \"item_id\", \"skills\"?: [names], "
      "\"correct\"?, "
      "\"answered_at\"?, \"response_ms\"?}. With --json: one document {\"events\": [...]}.");
  PredictEvents ask;
  call.app().add_option("run", ask.run, "the run folder")->required();
  call.app().add_flag("--adapt", ask.adapt,
                      "adapt the parameters to each student as answers come in");
  const auto body = [&]() -> Result<Json> {
    std::ios::sync_with_stdio(false);
    if (!call.json()) {
      MENO_TRY(const std::uint64_t events, predict_events(ask, std::cin, std::cout));
      return Json{{"events", events}};
    }
    std::stringstream lines;
    MENO_TRY_DONE(predict_events(ask, std::cin, lines));
    return array_of(lines);
  };
  return call.run(argc, argv, body, [](const Json&) { return std::string(); });
}

}  // namespace meno
