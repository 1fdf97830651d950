// To add a command: write cli/<name>_command.cc, declare its function here, add its row.
#include <array>

#include "cli/command.h"

namespace meno {

int benchmark_command(int argc, const char* const* argv);
int demo_command(int argc, const char* const* argv);
int describe_command(int argc, const char* const* argv);
int evaluate_command(int argc, const char* const* argv);
int import_command(int argc, const char* const* argv);
int serve_command(int argc, const char* const* argv);
int store_command(int argc, const char* const* argv);
int backup_command(int argc, const char* const* argv);
int restore_command(int argc, const char* const* argv);
int train_command(int argc, const char* const* argv);
int prior_command(int argc, const char* const* argv);
int predict_command(int argc, const char* const* argv);
int adapt_command(int argc, const char* const* argv);
int synthesise_command(int argc, const char* const* argv);
int graph_command(int argc, const char* const* argv);
int plan_command(int argc, const char* const* argv);
int replay_command(int argc, const char* const* argv);
int recommend_command(int argc, const char* const* argv);
int resources_command(int argc, const char* const* argv);
int review_command(int argc, const char* const* argv);
int rules_command(int argc, const char* const* argv);
int runs_command(int argc, const char* const* argv);
int simulate_command(int argc, const char* const* argv);
int test_command(int argc, const char* const* argv);
int user_command(int argc, const char* const* argv);
int key_command(int argc, const char* const* argv);
int school_command(int argc, const char* const* argv);
int class_command(int argc, const char* const* argv);
int audit_command(int argc, const char* const* argv);
int version_command(int argc, const char* const* argv);

namespace {

constexpr std::array kCommands{
    Command{"import", "turn learning records into a dataset", &import_command},
    Command{"describe", "say what is in a dataset, and what to beware of", &describe_command},
    Command{"evaluate", "train a model and judge it on students it has never seen",
            &evaluate_command},
    Command{"benchmark", "learners side by side on a problem of the field", &benchmark_command},
    Command{"train", "train a student model on a dataset", &train_command},
    Command{"prior", "learn a run for courses never seen", &prior_command},
    Command{"predict", "predict each answer of a stream of events", &predict_command},
    Command{"adapt", "adapt a run to a few students of a dataset", &adapt_command},
    Command{"synthesise", "make a dataset of simulated students like those of another",
            &synthesise_command},
    Command{"test", "give a student an adaptive test", &test_command},
    Command{"serve", "serve a run and a store over HTTP", &serve_command},
    Command{"runs", "the runs that courses have, and what is to become of them", &runs_command},
    Command{"store", "copy a store into another, also between engines", &store_command},
    Command{"backup", "a store and its runs as one encrypted file", &backup_command},
    Command{"restore", "a backup as a store again, or a trial of that", &restore_command},
    Command{"demo", "make a demo school of simulated students", &demo_command},
    Command{"recommend", "the next items for one student, and why", &recommend_command},
    Command{"replay", "make recommendations of the past again and compare", &replay_command},
    Command{"review", "the skills one student should go over again, and when", &review_command},
    Command{"rules", "what teachers have laid down for a course", &rules_command},
    Command{"resources", "readings, videos, examples and projects of a course", &resources_command},
    Command{"plan", "the path of one student to a goal", &plan_command},
    Command{"graph", "read, check, write and suggest prerequisites", &graph_command},
    Command{"simulate", "simulated students fitted to a dataset", &simulate_command},
    Command{"user", "accounts of people: add, password, disable, list", &user_command},
    Command{"key", "service keys of programs: add, revoke, list", &key_command},
    Command{"school", "schools: add, list", &school_command},
    Command{"class", "classes and who is in them: add, list", &class_command},
    Command{"audit", "say whether the audit log is what was written, or list it", &audit_command},
    Command{"version", "print the version", &version_command},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace meno
