#include "core/log.h"

#include <chrono>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/iso_time.h"
#include "core/json.h"

namespace meno {
namespace {

constexpr std::string_view kRequests = "requests";
/// Some seconds of requests at full speed.
constexpr std::size_t kWaitingLines = 32'768;

std::string quoted(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view view_of(const spdlog::string_view_t& text) { return {text.data(), text.size()}; }

/// A line of either format. Those of log_request() come as the members that follow the level.
class LineFormatter final : public spdlog::formatter {
 public:
  explicit LineFormatter(LogFormat format) : format_(format) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string time = iso_time(std::chrono::floor<std::chrono::milliseconds>(message.time));
    const std::string_view level = view_of(spdlog::level::to_string_view(message.level));
    const std::string_view payload = view_of(message.payload);
    std::string line;
    if (format_ == LogFormat::Plain) {
      line = fmt::format("{} {} {}\n", time, level, payload);
    } else if (view_of(message.logger_name) == kRequests) {
      line = fmt::format("{{\"time\":\"{}\",\"level\":\"{}\",{}}}\n", time, level, payload);
    } else {
      line = fmt::format(R"({{"time":"{}","level":"{}","event":"message","message":{}}})"
                         "\n",
                         time, level, quoted(payload));
    }
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<LineFormatter>(format_);
  }

 private:
  LogFormat format_;
};

/// What set_up_log() has made. The process has one log, as it has one standard error.
struct Log {
  LogFormat format = LogFormat::Plain;
  std::shared_ptr<spdlog::logger> before;
  std::shared_ptr<spdlog::details::thread_pool> writer;
  std::shared_ptr<spdlog::async_logger> requests;
};

Log& the_log() {
  static Log log;
  return log;
}

std::string json_members(const RequestLine& line) {
  std::string out = fmt::format(
      R"("event":"request","request_id":{},"method":"{}","route":{},"status":{},"ms":{:.3f},"caller":"{}")",
      quoted(line.request_id), line.method, quoted(line.route), line.status, line.milliseconds,
      line.caller);
  if (!line.address.empty()) out += fmt::format(R"(,"address":{})", quoted(line.address));
  if (line.seq) out += fmt::format(R"(,"seq":{})", *line.seq);
  return out;
}

std::string text_of(const RequestLine& line) {
  std::string out = fmt::format("request {} {} {} {} {:.3f} ms by {}", line.request_id, line.method,
                                line.route, line.status, line.milliseconds, line.caller);
  if (!line.address.empty()) out += fmt::format(" at {}", line.address);
  if (line.seq) out += fmt::format(", answer {}", *line.seq);
  return out;
}

spdlog::level::level_enum level_of(int status) {
  if (status >= 500) return spdlog::level::err;
  return status >= 400 ? spdlog::level::warn : spdlog::level::info;
}

}  // namespace

void set_up_log(LogFormat format) {
  Log& log = the_log();
  const auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  sink->set_formatter(std::make_unique<LineFormatter>(format));
  log.format = format;
  if (!log.before) log.before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("meno", sink));
  log.writer = std::make_shared<spdlog::details::thread_pool>(kWaitingLines, 1);
  log.requests = std::make_shared<spdlog::async_logger>(
      std::string(kRequests), sink, log.writer, spdlog::async_overflow_policy::overrun_oldest);
}

void end_log() {
  Log& log = the_log();
  log.requests.reset();
  log.writer.reset();  // joins its thread once the queue is empty
  if (log.before) spdlog::set_default_logger(std::exchange(log.before, nullptr));
}

void log_request(const RequestLine& line) {
  const Log& log = the_log();
  if (!log.requests) return;
  const std::string members =
      log.format == LogFormat::JsonLines ? json_members(line) : text_of(line);
  log.requests->log(level_of(line.status), "{}", members);
}

}  // namespace meno
