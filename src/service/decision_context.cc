#include "service/decision_context.h"

#include <bit>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"

namespace meno {
namespace {

std::string names_hash(const std::vector<ItemId>& items, const LiveCourse& course) {
  std::string names;
  for (const ItemId item : items)
    fmt::format_to(std::back_inserter(names), "{}\n", course.item_name(item));
  return content_hash(names);
}

/// [["item", variant, p_correct, "reason"], ...]; the numbers read back as the very same bits.
std::string chosen_json(const NextChosen& chosen, const LiveCourse& course) {
  Json list = Json::array();
  for (const NextItem& next : chosen.items) {
    list.push_back({course.item_name(next.choice.item), next.variant, next.choice.p_correct,
                    name_of(next.choice.reason.code)});
  }
  return list.dump();
}

/// Everything that was said of a choice, each field so that no two differ alike.
class Said {
 public:
  void add(std::string_view text) {
    fmt::format_to(std::back_inserter(text_), "{}:{}", text.size(), text);
  }
  void add(double number) {
    fmt::format_to(std::back_inserter(text_), "{:x};", std::bit_cast<std::uint64_t>(number));
  }
  void add(TimePoint at) {
    fmt::format_to(std::back_inserter(text_), "{};", at.time_since_epoch().count());
  }
  void add(const Text& text) {
    add(text.en);
    add(text.zh_cn);
  }
  std::string digest() const { return content_hash(text_); }

 private:
  std::string text_;
};

void add_reason(Said& said, const Reason& reason, const LiveCourse& course) {
  said.add(name_of(reason.code));
  said.add(course.skill_name(reason.mastery.skill));
  said.add(reason.mastery.p_mastery);
  said.add(reason.mastery.low);
  said.add(reason.mastery.high);
  said.add(static_cast<double>(reason.mastery.answers));
  said.add(reason.due);
  said.add(reason.text);
  for (const Attempt& attempt : reason.evidence) {
    said.add(attempt.event_id);
    said.add(attempt.correct ? 1.0 : 0.0);
    said.add(attempt.at);
  }
  said.add(reason.counterfactual);
}

std::string digest_of(const NextChosen& chosen, const LiveCourse& course) {
  Said said;
  said.add(chosen.target);
  for (const NextItem& next : chosen.items) {
    said.add(course.item_name(next.choice.item));
    said.add(static_cast<double>(next.variant));
    said.add(next.choice.p_correct);
    said.add(next.choice.score);
    const BeliefBand band = next.band.value_or(BeliefBand{.low = -1.0, .high = -1.0});
    said.add(band.low);
    said.add(band.high);
    add_reason(said, next.choice.reason, course);
    if (next.resource) said.add(next.resource->suggested.resource.id);
  }
  return said.digest();
}

}  // namespace

std::shared_ptr<const DecisionContext> decision_context(const Taught& taught, const WorkRules& work,
                                                        const LiveCourse& course) {
  const Json document = {{"program", MENO_VERSION},
                         {"run", course.served().version},
                         {"course", course.content_version()},
                         {"candidates", names_hash(work.items, course)},
                         {"rules", rules_json(taught.of_course)},
                         {"student_rules", rules_json(taught.of_student)},
                         {"resources", resources_json(taught.resources)}};
  auto context = std::make_shared<DecisionContext>();
  context->document = document.dump();
  context->hash = content_hash(context->document);
  return context;
}

StoredRecommendation recommendation_of(std::string_view student_id, const LearnerState& state,
                                       const StudentGuidance& guidance, const NextWanted& wanted,
                                       const NextChosen& chosen) {
  const LiveCourse& course = *state.course();
  StoredRecommendation row;
  row.course_id = course.id();
  row.student_id = student_id;
  row.context = guidance.context;
  row.made_at = wanted.now;
  row.answers = state.record().answers();
  row.last_feedback = state.last_feedback();
  row.wanted = static_cast<std::uint32_t>(wanted.count);
  row.counterfactual = wanted.counterfactual;
  row.asked_target = wanted.target;
  row.own_target = guidance.target;
  row.seed = chosen.seed;
  row.chosen = chosen_json(chosen, course);
  row.digest = digest_of(chosen, course);
  row.request_id = wanted.request_id;
  return row;
}

}  // namespace meno
