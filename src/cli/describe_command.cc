#include <algorithm>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/clock.h"
#include "core/json.h"
#include "service/describe_dataset.h"

namespace meno {
namespace {

/// Bars of text, at most 16 lines: neighbours are joined where there are more.
std::string bars_of(const std::string& title, const Json& histogram) {
  constexpr std::size_t kLines = 16;
  constexpr double kWidth = 40.0;
  if (histogram.empty()) return "";
  const std::size_t joined = (histogram.size() + kLines - 1) / kLines;
  std::vector<std::pair<std::string, double>> lines;
  double most = 1.0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    if (i % joined == 0) lines.emplace_back(histogram[i].at(0).get<std::string>(), 0.0);
    lines.back().second += histogram[i].at(1).get<double>();
    most = std::max(most, lines.back().second);
  }
  std::string text = "\n" + title + "\n";
  for (const auto& [name, count] : lines) {
    std::string bar;
    for (double k = 0.5; k < count / most * kWidth; k += 1.0) bar += "█";
    text += fmt::format("{:>12}  {:<40} {:.0f}\n", name, bar, count);
  }
  return text;
}

std::string quantiles_of(const std::string& name, const Json& of) {
  if (of.at("count").get<std::size_t>() == 0) return "";
  return fmt::format("{:<20} mean {:.1f}, median {:.1f}, from {:.0f} to {:.0f}\n", name,
                     of.at("mean").get<double>(), of.at("median").get<double>(),
                     of.at("min").get<double>(), of.at("max").get<double>());
}

std::string description_text(const Json& d) {
  std::string text = fmt::format(
      "{}\n{} students, {} items, {} skills, {} answers, {:.1f} % right\n{:.2f} % of student-item "
      "pairs have no answer\n",
      d.at("name").get<std::string>(), d.at("students").get<std::size_t>(),
      d.at("items").get<std::size_t>(), d.at("skills").get<std::size_t>(),
      d.at("answers").get<std::size_t>(), 100.0 * d.at("p_correct").get<double>(),
      100.0 * d.at("sparsity").get<double>());
  text += quantiles_of("answers per student", d.at("answers_per_student"));
  text += quantiles_of("answers per item", d.at("answers_per_item"));
  text += quantiles_of("response seconds", d.at("response_seconds"));
  for (const Json& warning : d.at("warnings")) {
    text += fmt::format("\nwarning ({}): {}\n", warning.at("code").get<std::string>(),
                        warning.at("text").at("en").get<std::string>());
  }
  text += bars_of("students by number of answers", d.at("answers_per_student").at("histogram"));
  text += bars_of("items by share right, from hard to easy (10 answers or more)",
                  d.at("item_p_correct"));
  text += bars_of("answers by response time in seconds", d.at("response_seconds").at("histogram"));
  const Json& activity = d.at("activity");
  if (activity.at("unit").is_string()) {
    text += bars_of(fmt::format("answers by {} from", activity.at("unit").get<std::string>()),
                    activity.at("answers"));
  }
  return text;
}

}  // namespace

int describe_command(int argc, const char* const* argv) {
  Invocation call("describe", "Say what is in a dataset, and what to beware of.");
  DescribeDataset ask;
  call.app().add_option("dataset", ask.dataset, "a folder made by meno import")->required();
  call.app().add_option("--report", ask.report, "write an HTML report here");
  call.app()
      .add_option("--language", ask.language, "of the report: en or zh-CN")
      ->capture_default_str();
  return call.run(
      argc, argv, [&] { return describe_dataset(ask, SystemClock()); }, &description_text);
}

}  // namespace meno
