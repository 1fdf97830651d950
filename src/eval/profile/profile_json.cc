#include "eval/profile/profile_json.h"

#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/json.h"

namespace meno {
namespace {

Json json_of(const Histogram& histogram) {
  Json bars = Json::array();
  for (std::size_t i = 0; i < histogram.names.size(); ++i) {
    bars.push_back(Json::array({histogram.names[i], histogram.counts[i]}));
  }
  return bars;
}

Json json_of(const Distribution& of) {
  return {{"count", of.count},   {"mean", of.mean},
          {"min", of.least},     {"p25", of.quarter},
          {"median", of.median}, {"p75", of.three_quarters},
          {"max", of.most},      {"histogram", json_of(of.histogram)}};
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

std::string iso_seconds(TimePoint at) {
  if (at == kNoTime) return "";
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

Json to_json(const DatasetProfile& profile) {
  Json warnings = Json::array();
  for (const Warning& warning : profile.warnings) {
    warnings.push_back({{"code", warning.code},
                        {"count", warning.count},
                        {"text", {{"en", warning.text.en}, {"zh-CN", warning.text.zh_cn}}}});
  }
  Json splits = Json::object();
  for (const auto& [label, students] : profile.split_students) splits[label] = students;
  return {{"name", profile.name},
          {"data_hash", profile.hash},
          {"students", profile.students},
          {"items", profile.items},
          {"skills", profile.skills},
          {"answers", profile.answers},
          {"p_correct", profile.p_correct},
          {"student_item_pairs", profile.student_item_pairs},
          {"sparsity", profile.sparsity},
          {"soft_answers", profile.soft_answers},
          {"answers_without_skills", profile.answers_without_skills},
          {"answers_with_several_skills", profile.answers_with_several_skills},
          {"answers_per_student", json_of(profile.answers_per_student)},
          {"answers_per_item", json_of(profile.answers_per_item)},
          {"answers_per_skill", json_of(profile.answers_per_skill)},
          {"student_p_correct", json_of(profile.student_p_correct)},
          {"item_p_correct", json_of(profile.item_p_correct)},
          {"response_seconds", json_of(profile.response_s)},
          {"activity",
           {{"unit", or_null(profile.activity.unit)},
            {"first", or_null(iso_seconds(profile.activity.first))},
            {"last", or_null(iso_seconds(profile.activity.last))},
            {"answers", json_of(profile.activity.answers)}}},
          {"split_students", std::move(splits)},
          {"warnings", std::move(warnings)}};
}

}  // namespace meno
