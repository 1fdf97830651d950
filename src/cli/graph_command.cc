// meno graph import|export|suggest: course graphs as files.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/course_graphs.h"

namespace meno {
namespace {

struct Arguments {
  std::string action;
  std::filesystem::path file;
  ImportGraph graph;
  SuggestGraph suggest;
};

std::string suggestions_text(const Json& document) {
  std::string text = fmt::format("{:<24} {:<24} {:>6} {:>7} {:>6} {:>9} {:>9}\n", "before", "after",
                                 "z", "lift", "order", "mastered", "not");
  for (const Json& edge : document.at("suggestions")) {
    text += fmt::format("{:<24} {:<24} {:>6.2f} {:>7.3f} {:>6.2f} {:>9} {:>9}\n",
                        edge.at("before").get<std::string>(), edge.at("after").get<std::string>(),
                        edge.at("z").get<double>(), edge.at("lift").get<double>(),
                        edge.at("order").get<double>(), edge.at("students_mastered").get<int>(),
                        edge.at("students_not_mastered").get<int>());
  }
  return text + document.at("note").get<std::string>();
}

std::string text_of(const Json& document) {
  if (document.contains("suggestions")) return suggestions_text(document);
  std::string text =
      fmt::format("{}: {} skills, {} prerequisites, {} undirected links, {} materials, {} goals\n",
                  document.at("file").get<std::string>(), document.at("skills").get<int>(),
                  document.at("edges").get<int>(), document.at("links").get<int>(),
                  document.at("materials").get<int>(), document.at("goals").get<int>());
  for (const Json& line : document.at("repaired")) text += "  " + line.get<std::string>() + "\n";
  if (document.at("out").is_string())
    text += "written: " + document.at("out").get<std::string>() + "\n";
  return text.substr(0, text.size() - 1);
}

Result<Json> run_action(Arguments& ask) {
  if (ask.action == "suggest") {
    ask.suggest.data = ask.file;
    return suggest_graph(ask.suggest);
  }
  if (ask.action != "import" && ask.action != "export")
    return invalid_input(
        fmt::format("graph \"{}\", expected import, export or suggest", ask.action));
  if (ask.action == "export" && ask.graph.out.empty())
    return invalid_input("graph export without --out, expected the file to write");
  ask.graph.file = ask.file;
  return import_graph(ask.graph);
}

}  // namespace

int graph_command(int argc, const char* const* argv) {
  Arguments ask;
  Invocation call(
      "graph",
      "Course graphs: import FILE checks one (CSV, JSON, GraphML, Junyi Academy's table, "
      "the Common Core coherence map), export FILE --out OTHER writes it in another "
      "format, suggest DATASET looks for prerequisites that records speak for.");
  CLI::App& app = call.app();
  app.add_option("action", ask.action, "import, export or suggest")->required();
  app.add_option("file", ask.file, "a graph's file; suggest: a dataset folder")->required();
  app.add_option("--out", ask.graph.out, "where to write the checked graph");
  app.add_option("--format", ask.graph.format,
                 "of --out: json, csv or graphml (default: by its ending)");
  app.add_flag("--repair", ask.graph.repair,
               "drop loops, dangling edges, garbled titles and the last edge of each circle, and "
               "say so");
  app.add_option("--graph", ask.suggest.graph, "suggest: prerequisites that are known");
  app.add_option("--min-z", ask.suggest.min_z, "suggest: the weakest evidence, standard errors")
      ->capture_default_str();
  return call.run(
      argc, argv, [&] { return run_action(ask); }, &text_of);
}

}  // namespace meno
