#include "cli/child_program.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meno {
namespace {

constexpr const char* kSelf = "/proc/self/exe";

/// posix_spawn's list of what to do with files, freed with it.
class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void move_to(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  void close(int file) { posix_spawn_file_actions_addclose(&actions_, file); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// Everything that can be read from `file` until its other end closes.
std::string drained(int file) {
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    const ssize_t got = ::read(file, part.data(), part.size());
    if (got > 0) text.append(part.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
  }
}

int exit_code_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Error no_process(int fault) {
  return unavailable(fmt::format("cannot start meno again: {}", std::strerror(fault)));
}

}  // namespace

Result<ChildOutput> run_again(const std::vector<std::string>& arguments) {
  std::string name = "meno";
  std::vector<char*> argv{name.data()};
  std::vector<std::string> words = arguments;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return no_process(errno);
  FileActions files;
  files.move_to(pipe[1], STDOUT_FILENO);
  files.close(pipe[0]);
  files.close(pipe[1]);
  pid_t child = 0;
  const int fault = posix_spawn(&child, kSelf, files.get(), nullptr, argv.data(), environ);
  ::close(pipe[1]);
  ChildOutput output;
  if (fault == 0) output = {.text = drained(pipe[0])};
  ::close(pipe[0]);
  if (fault != 0) return no_process(fault);
  output.exit_code = exit_code_of(child);
  return output;
}

}  // namespace meno
