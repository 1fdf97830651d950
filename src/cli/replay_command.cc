// meno replay: recommendations of the past, made again from what the store keeps, and compared.
#include <limits>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/kept_runs.h"
#include "core/interrupt.h"
#include "core/iso_time.h"
#include "core/json.h"
#include "service/replay_recommendation.h"

namespace meno {
namespace {

constexpr std::size_t kBatch = 1000;
/// Differences that are spelled out; the rest are counted.
constexpr std::size_t kShown = 20;

struct ReplayArguments {
  KeptRunsArguments kept;
  std::uint64_t recommendation = 0;
  bool all = false;
};

Json again_json(const StoredRecommendation& stored, const ReplayedRecommendation& replayed) {
  Json items = Json::array();
  for (const NextItem& next : replayed.items) {
    items.push_back(
        {{"item", replayed.course->item_name(next.choice.item)},
         {"variant", next.variant},
         {"p_correct", next.choice.p_correct},
         {"reason", name_of(next.choice.reason.code)},
         {"text", {{"en", next.choice.reason.text.en}, {"zh-CN", next.choice.reason.text.zh_cn}}}});
  }
  return {{"recommendation", stored.no},
          {"course", stored.course_id},
          {"student", stored.student_id},
          {"made_at", iso_time(stored.made_at)},
          {"model_version", replayed.course->served().version},
          {"answers", stored.answers},
          {"feedback", stored.feedback},
          {"identical", replayed.identical},
          {"difference", replayed.difference},
          {"items", std::move(items)}};
}

Result<Json> replay_one(KeptRuns& kept, std::uint64_t no) {
  MENO_TRY(const StoredRecommendation stored, kept.store->recommendations().find(no));
  MENO_TRY(const ReplayedRecommendation replayed,
           RecommendationReplay(*kept.services).replay(stored));
  return again_json(stored, replayed);
}

Result<Json> replay_all(KeptRuns& kept) {
  catch_interrupts();
  RecommendationReplay replay(*kept.services);
  Json differences = Json::array();
  std::uint64_t identical = 0;
  std::uint64_t other = 0;
  for (std::uint64_t no = 0; !interrupted();) {
    MENO_TRY(const std::vector<StoredRecommendation> rows,
             kept.store->recommendations().since(no, kBatch));
    if (rows.empty()) break;
    for (const StoredRecommendation& row : rows) {
      const Result<ReplayedRecommendation> again = replay.replay(row);
      if (again && again->identical) {
        ++identical;
        continue;
      }
      if (++other > kShown) continue;
      differences.push_back({{"recommendation", row.no},
                             {"difference", again ? again->difference : again.error().message}});
    }
    no = rows.back().no;
  }
  return Json{{"identical", identical}, {"different", other}, {"differences", differences}};
}

std::string text_of(const Json& report) {
  if (!report.contains("items")) {
    std::string text = fmt::format("{} recommendations made again: identical; {} differ",
                                   report.at("identical").get<std::uint64_t>(),
                                   report.at("different").get<std::uint64_t>());
    for (const Json& one : report.at("differences")) {
      text += fmt::format("\n{}: {}", one.at("recommendation").get<std::uint64_t>(),
                          one.at("difference").get<std::string>());
    }
    return text;
  }
  std::string text = fmt::format(
      "{} to {}, by run {}, from {} answers: {}", report.at("made_at").get<std::string>(),
      report.at("student").get<std::string>(), report.at("model_version").get<std::string>(),
      report.at("answers").get<std::uint64_t>(),
      report.at("identical").get<bool>() ? "identical"
                                         : report.at("difference").get<std::string>());
  for (const Json& item : report.at("items")) {
    text += fmt::format("\n{} ({:.6f} likely right), {}: {}", item.at("item").get<std::string>(),
                        item.at("p_correct").get<double>(), item.at("reason").get<std::string>(),
                        item.at("text").at("en").get<std::string>());
  }
  return text;
}

}  // namespace

int replay_command(int argc, const char* const* argv) {
  ReplayArguments arguments;
  KeptRuns kept;
  Invocation call("replay",
                  "Make recommendations of the past again from what the store keeps, and say "
                  "whether anything differs.");
  add_kept_runs_options(call.app(), arguments.kept);
  auto* const one = call.app().add_option("--recommendation", arguments.recommendation,
                                          "its number in the student's history");
  auto* const all = call.app().add_flag("--all", arguments.all, "every one that the store keeps");
  one->excludes(all);
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        if (!arguments.all && arguments.recommendation == 0) {
          return invalid_input("nothing to replay, expected --recommendation NUMBER or --all");
        }
        MENO_TRY_DONE(open_kept_runs(arguments.kept, kept));
        return arguments.all ? replay_all(kept) : replay_one(kept, arguments.recommendation);
      },
      &text_of);
}

}  // namespace meno
