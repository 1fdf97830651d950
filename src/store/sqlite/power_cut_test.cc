// A simulated power cut: SQLite writes through a file system (a VFS of ours) that remembers what
// has been synced. At random moments the files are taken as a disk may hold them then: what was
// synced, and of what was written since, any part, torn between sectors. Every acknowledged answer
// must be in the store that opens from them.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/rng.h"
#include "store/sqlite/sqlite_store.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSector = 512;

/// A write, or a cut to `offset` bytes when it has none.
struct Change {
  std::size_t offset = 0;
  std::string bytes;
};

struct DiskFile {
  std::string synced;
  std::vector<Change> since;
};

using Image = std::map<std::string, DiskFile>;

void apply(std::string& file, const Change& change) {
  if (change.bytes.empty()) return file.resize(std::min(file.size(), change.offset));
  if (file.size() < change.offset + change.bytes.size())
    file.resize(change.offset + change.bytes.size());
  std::memcpy(file.data() + change.offset, change.bytes.data(), change.bytes.size());
}

/// What is on the disk, by path. Thread-safe.
class Disk {
 public:
  static Disk& get() {
    static Disk disk;
    return disk;
  }
  void change(const std::string& path, Change change) {
    const std::lock_guard lock(mutex_);
    files_[path].since.push_back(std::move(change));
  }
  void sync(const std::string& path) {
    const std::lock_guard lock(mutex_);
    DiskFile& file = files_[path];
    for (const Change& change : file.since) apply(file.synced, change);
    file.since.clear();
  }
  void remove(const std::string& path) {
    const std::lock_guard lock(mutex_);
    files_.erase(path);
  }
  Image image() {
    const std::lock_guard lock(mutex_);
    return files_;
  }

 private:
  std::mutex mutex_;
  Image files_;
};

/// A file of SQLite's own VFS, with notes. SQLite allocates it; the real one comes right behind.
struct NotedFile {
  sqlite3_file base;
  std::string* path;
};

sqlite3_vfs* real_vfs() {
  static sqlite3_vfs* const real = sqlite3_vfs_find("unix");
  return real;
}

NotedFile* noted(sqlite3_file* file) { return reinterpret_cast<NotedFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(noted(file) + 1); }

int close_file(sqlite3_file* file) {
  delete noted(file)->path;
  return real(file)->pMethods->xClose(real(file));
}
int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), into, size, offset);
}
int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  Disk::get().change(*noted(file)->path, {static_cast<std::size_t>(offset),
                                          std::string(static_cast<const char*>(bytes),
                                                      static_cast<std::size_t>(size))});
  return real(file)->pMethods->xWrite(real(file), bytes, size, offset);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  Disk::get().change(*noted(file)->path, {static_cast<std::size_t>(size), ""});
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
  const int code = real(file)->pMethods->xSync(real(file), flags);
  if (code == SQLITE_OK) Disk::get().sync(*noted(file)->path);
  return code;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* held) {
  return real(file)->pMethods->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, volatile void** at) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, at);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods = {2,
                                     &close_file,
                                     &read_file,
                                     &write_file,
                                     &truncate_file,
                                     &sync_file,
                                     &file_size,
                                     &lock_file,
                                     &unlock_file,
                                     &check_lock,
                                     &control,
                                     &sector_size,
                                     &characteristics,
                                     &shm_map,
                                     &shm_lock,
                                     &shm_barrier,
                                     &shm_unmap,
                                     nullptr,
                                     nullptr};

int open_file(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* got) {
  file->pMethods = nullptr;
  const int code = real_vfs()->xOpen(real_vfs(), name, real(file), flags, got);
  if (real(file)->pMethods == nullptr) return code;
  noted(file)->path = new std::string(name == nullptr ? "" : name);
  file->pMethods = &kMethods;
  return code;
}
int delete_file(sqlite3_vfs* /*vfs*/, const char* name, int sync) {
  Disk::get().remove(name);
  return real_vfs()->xDelete(real_vfs(), name, sync);
}

/// Every file that SQLite opens while it lives is noted.
class NotingFiles {
 public:
  NotingFiles() : vfs_(*real_vfs()) {
    vfs_.zName = "noting";
    vfs_.szOsFile = static_cast<int>(sizeof(NotedFile)) + real_vfs()->szOsFile;
    vfs_.xOpen = &open_file;
    vfs_.xDelete = &delete_file;
    sqlite3_vfs_register(&vfs_, 1);
  }
  NotingFiles(const NotingFiles&) = delete;
  NotingFiles& operator=(const NotingFiles&) = delete;
  NotingFiles(NotingFiles&&) = delete;
  NotingFiles& operator=(NotingFiles&&) = delete;
  ~NotingFiles() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_vfs(), 1);
  }

 private:
  sqlite3_vfs vfs_;
};

/// Of what was not synced any part has reached the disk, by sectors, in any order.
std::string after_the_cut(const DiskFile& file, Rng& rng) {
  std::string disk = file.synced;
  const double share = rng.uniform();  // of the sectors
  for (const Change& change : file.since) {
    if (change.bytes.empty()) {
      if (rng.uniform() < share) apply(disk, change);
      continue;
    }
    for (std::size_t from = 0; from < change.bytes.size(); from += kSector) {
      if (rng.uniform() < share)
        apply(disk, {change.offset + from, change.bytes.substr(from, kSector)});
    }
  }
  return disk;
}

class PowerCut : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "meno-power-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Store> new_store() {
    Result<std::unique_ptr<Store>> store = open_sqlite_store((folder_ / "store.db").string());
    EXPECT_TRUE(store) << store.error().message;
    StoredCourse course{
        .id = "c", .name = {"C", "C"}, .simulated = true, .content = {}, .skills = {}, .items = {}};
    course.items.push_back({.id = "i", .title = {"I", "I"}, .skills = {}});
    EXPECT_TRUE((*store)->courses().add(course));
    const std::vector<StoredStudent> students = {{.id = "s", .display_name = "S"}};
    EXPECT_TRUE((*store)->students().enrol("c", students));
    return *std::move(store);
  }

  void send(Store& store, int number) {
    StoredAnswer answer;
    answer.event_id = fmt::format("e{}", number);
    answer.course_id = "c";
    answer.student_id = "s";
    answer.item_id = "i";
    answer.answered_at = TimePoint(std::chrono::milliseconds(1));
    answer.fingerprint = std::string(static_cast<std::size_t>(number % 600), 'f');
    store.answers().append(answer, [this](const Result<Appended>& done) {
      ASSERT_TRUE(done) << done.error().message;
      const std::lock_guard lock(mutex_);
      acknowledged_.insert(done->answer.event_id);
    });
  }

  std::set<std::string> acknowledged() {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
  }

  /// Opens what a disk may hold and looks for the answers.
  void check(const Image& image, const std::set<std::string>& acknowledged, Rng& rng) {
    const fs::path after = folder_ / "after";
    fs::remove_all(after);
    fs::create_directories(after);
    for (const auto& [path, file] : image) {
      std::ofstream out(after / fs::path(path).filename(), std::ios::binary);
      out << after_the_cut(file, rng);
    }
    const Result<std::unique_ptr<Store>> store = open_sqlite_store((after / "store.db").string());
    ASSERT_TRUE(store) << store.error().message;
    const Result<std::vector<StoredAnswer>> history = (*store)->answers().history("c", "s");
    ASSERT_TRUE(history) << history.error().message;
    std::set<std::string> kept;
    for (const StoredAnswer& answer : *history) EXPECT_TRUE(kept.insert(answer.event_id).second);
    for (const std::string& event : acknowledged)
      ASSERT_TRUE(kept.contains(event)) << event << " was acknowledged and is gone";
  }

  fs::path folder_;
  std::mutex mutex_;
  std::set<std::string> acknowledged_;  // guarded by mutex_
};

TEST_F(PowerCut, LosesNoAcknowledgedAnswerWhateverOfTheUnsyncedReachedTheDisk) {
  constexpr int kCuts = 40;
  Rng rng(7);
  struct Moment {
    Image image;
    std::set<std::string> acknowledged;
  };
  std::vector<Moment> moments;
  std::size_t unsynced = 0;
  {
    const NotingFiles noting;
    const std::unique_ptr<Store> store = new_store();
    int sent = 0;
    while (static_cast<int>(moments.size()) < kCuts) {
      const int burst = 1 + static_cast<int>(rng.below(120));
      for (int k = 0; k < burst; ++k) send(*store, sent++);
      const auto pause = std::chrono::microseconds(rng.below(3'000));
      std::this_thread::sleep_for(pause);
      std::set<std::string> acknowledged = this->acknowledged();  // before the image
      moments.push_back({Disk::get().image(), std::move(acknowledged)});
      for (const auto& [path, file] : moments.back().image) unsynced += file.since.size();
    }
  }
  EXPECT_GT(unsynced, 0U) << "no cut came in the middle of anything";
  EXPECT_GT(moments.back().acknowledged.size(), 100U);
  for (const Moment& moment : moments) {
    for (int draw = 0; draw < 3; ++draw) check(moment.image, moment.acknowledged, rng);
  }
}

}  // namespace
}  // namespace meno
