// What commands share that act for one student of a store: the store, the run that serves it, and
// which course is meant.
#pragma once

#include <memory>
#include <string>

#include "cli/arguments.h"
#include "meta/run.h"
#include "service/services.h"

namespace meno {

struct ServedArguments {
  std::string store;
  std::string run;     // "": `run` beside the store, else models/universal near the program
  std::string data;    // a dataset whose students the store gets first; "": none
  std::string course;  // "": the only one, or that of --data
  std::string student;
};

/// Adds --store, --run, --data and --course.
void add_store_options(CLI::App& app, ServedArguments& arguments);
/// The same, and --student.
void add_served_options(CLI::App& app, ServedArguments& arguments);

/// Where runs are kept: `asked`, else runs_beside().
std::string runs_folder(const std::string& store, const std::string& asked);

/// Everything in the order in which it needs one another. Does not move once opened.
struct Served {
  Run run;
  std::unique_ptr<const OnlineModel> model;
  std::unique_ptr<Store> store;
  SystemClock clock;
  std::unique_ptr<Services> services;
  std::string course;
};

/// Errors: those of the run, the dataset and the store; NotFound for a store that is not there
/// (with no --data to make it from) or an empty one; InvalidInput when there are several courses
/// and none is named.
Result<Done> open_served(const ServedArguments& arguments, Served& served);

}  // namespace meno
