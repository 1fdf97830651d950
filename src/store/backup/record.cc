#include "store/backup/record.h"

#include "core/files.h"
#include "core/iso_time.h"
#include "core/json.h"

namespace meno {
namespace {

std::string path_of(const std::string& store) { return store + ".backups.json"; }

Json time_json(TimePoint time) { return time == kNoTime ? Json() : Json(iso_time(time)); }

TimePoint time_of(const Json& json, const char* key) {
  const auto at = json.find(key);
  if (at == json.end() || !at->is_string()) return kNoTime;
  const Result<TimePoint> time = parse_iso_time(at->get_ref<const std::string&>(), key);
  return time ? *time : kNoTime;
}

Json json_of(const Undertaking& what) {
  return {{"last_at", time_json(what.last_at)},
          {"good_at", time_json(what.good_at)},
          {"good", what.good},
          {"bytes", what.bytes}};
}

std::optional<Undertaking> undertaking_of(const Json& record, const char* name) {
  const auto at = record.find(name);
  if (at == record.end() || !at->is_object()) return std::nullopt;
  const auto bytes = at->find("bytes");
  const auto good = at->find("good");
  return Undertaking{
      .last_at = time_of(*at, "last_at"),
      .good_at = time_of(*at, "good_at"),
      .good = good != at->end() && good->is_boolean() && good->get<bool>(),
      .bytes = bytes != at->end() && bytes->is_number_unsigned() ? bytes->get<std::uint64_t>() : 0};
}

Result<Done> write(const std::string& store, const BackupRecord& record) {
  Json json = Json::object();
  if (record.backup) json["backup"] = json_of(*record.backup);
  if (record.drill) json["drill"] = json_of(*record.drill);
  return write_file_atomically(path_of(store), json.dump(2) + "\n");
}

void add(std::optional<Undertaking>& to, TimePoint now, std::optional<std::uint64_t> bytes) {
  Undertaking what = to.value_or(Undertaking());
  what.last_at = now;
  what.good = bytes.has_value();
  if (bytes) {
    what.good_at = now;
    what.bytes = *bytes;
  }
  to = what;
}

}  // namespace

BackupRecord read_backup_record(const std::string& store) {
  const Result<std::string> text = read_file(path_of(store));
  if (!text) return {};
  const Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) return {};
  return {.backup = undertaking_of(json, "backup"), .drill = undertaking_of(json, "drill")};
}

Result<Done> note_backup(const std::string& store, TimePoint now,
                         std::optional<std::uint64_t> bytes) {
  BackupRecord record = read_backup_record(store);
  add(record.backup, now, bytes);
  return write(store, record);
}

Result<Done> note_drill(const std::string& store, TimePoint now,
                        std::optional<std::uint64_t> bytes) {
  BackupRecord record = read_backup_record(store);
  add(record.drill, now, bytes);
  return write(store, record);
}

}  // namespace meno
