// meno store copy: one store -> another, of any engine.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "store/copy.h"

namespace meno {
namespace {

struct StoreArguments {
  std::string action;
  std::string from;
  std::string to;
};

/// A file that is to be read must be there: opening it would make it.
Result<std::unique_ptr<Store>> open_source(const std::string& location) {
  if (!store_is_there(location)) {
    return not_found(fmt::format("{}, expected a store to copy from", location));
  }
  return open_store(location, StoreUse::Alone);
}

Result<Json> copy(const StoreArguments& arguments) {
  catch_interrupts();
  MENO_TRY(const std::unique_ptr<Store> from, open_source(arguments.from));
  MENO_TRY(const std::unique_ptr<Store> to, open_store(arguments.to, StoreUse::Alone));
  MENO_TRY(const CopiedStore copied,
           copy_store(*from, *to, [](const CopiedStore&) { return !interrupted(); }));
  return Json{{"from", shown_location(arguments.from)},
              {"to", shown_location(arguments.to)},
              {"courses", copied.courses},
              {"students", copied.students},
              {"answers", copied.answers},
              {"served_runs", copied.served_runs},
              {"feedback", copied.feedback},
              {"settings", copied.settings},
              {"recommendations", copied.recommendations},
              {"model_runs", copied.model_runs},
              {"accounts", copied.accounts},
              {"keys", copied.keys}};
}

std::string text_of(const Json& report) {
  return fmt::format(
      "{}: {} courses, {} students and {} answers of {}", report.at("to").get<std::string>(),
      report.at("courses").get<std::uint64_t>(), report.at("students").get<std::uint64_t>(),
      report.at("answers").get<std::uint64_t>(), report.at("from").get<std::string>());
}

}  // namespace

int store_command(int argc, const char* const* argv) {
  StoreArguments arguments;
  Invocation call("store",
                  "Copy everything of a store into an empty one: meno store copy school.db "
                  "postgres://meno@localhost/meno, or back.");
  call.app()
      .add_option("action", arguments.action, "what to do: copy")
      ->required()
      ->check(CLI::IsMember({"copy"}));
  call.app().add_option("from", arguments.from, "a store that no server has open")->required();
  call.app().add_option("to", arguments.to, "an empty or absent store")->required();
  return call.run(
      argc, argv, [&] { return copy(arguments); }, &text_of);
}

}  // namespace meno
