// Preloaded into the processes of a PostgreSQL: keeps what each write to a file overwrites until a
// sync of that file, so that power_cut.py can take back what had not reached the disk. One journal
// a process, in the folder MENO_UNSYNCED, of records
//   i64 nanoseconds of CLOCK_MONOTONIC, u64 inode, i64 offset, u64 bytes written, u64 bytes kept,
//   and the bytes kept;
// a sync is a record of offset -1. A write is noted once it is done, a sync as of its begin: what
// was done before a sync began is on the disk. PostgreSQL 15 writes what must last through pwrite,
// pwritev and write, and syncs by fsync or fdatasync.
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

constexpr std::int64_t kSync = -1;

std::int64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

/// This process's journal; -1 where nothing is kept.
int journal() {
  static int file = -1;
  static pid_t owner = 0;
  if (owner == getpid()) return file;  // a child of fork() has a journal of its own
  owner = getpid();
  const char* const folder = std::getenv("MENO_UNSYNCED");
  file = -1;
  if (folder == nullptr) return file;
  const std::string path = std::string(folder) + "/" + std::to_string(owner);
  file = open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  return file;
}

/// The inode of a file that counts, 0 for pipes, sockets and terminals.
std::uint64_t inode_of(int fd) {
  struct stat about {};
  return journal() >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) ? about.st_ino : 0;
}

void note(std::int64_t at, std::uint64_t inode, std::int64_t offset, std::uint64_t written,
          std::vector<char>& kept) {
  std::array<std::int64_t, 5> head{at, static_cast<std::int64_t>(inode), offset,
                                   static_cast<std::int64_t>(written),
                                   static_cast<std::int64_t>(kept.size())};
  const std::array<iovec, 2> parts{iovec{head.data(), sizeof head},
                                   iovec{kept.data(), kept.size()}};
  // One call, so that a process killed meanwhile leaves a whole record or none.
  if (syscall(SYS_writev, journal(), parts.data(), parts.size()) < 0) std::abort();
}

std::vector<char> bytes_at(int fd, std::int64_t offset, std::size_t size) {
  std::vector<char> bytes(size);
  const ssize_t read = pread(fd, bytes.data(), size, offset);
  bytes.resize(read > 0 ? static_cast<std::size_t>(read) : 0);
  return bytes;
}

/// Writes through `write`, and notes what was there. A write that only appends keeps nothing.
template <class Write>
ssize_t noted(int fd, std::int64_t offset, std::size_t size, Write write) {
  const std::uint64_t inode = inode_of(fd);
  if (inode == 0 || offset < 0) return write();
  std::vector<char> kept = bytes_at(fd, offset, size);
  const ssize_t written = write();
  const int error = errno;
  if (written > 0) note(now(), inode, offset, static_cast<std::uint64_t>(written), kept);
  errno = error;
  return written;
}

int noted_sync(int fd, int (*sync)(int)) {
  const std::uint64_t inode = inode_of(fd);
  const std::int64_t began = now();
  const int failed = sync(fd);
  const int error = errno;
  std::vector<char> nothing;
  if (failed == 0 && inode != 0) note(began, inode, kSync, 0, nothing);
  errno = error;
  return failed;
}

}  // namespace

extern "C" {

ssize_t pwrite(int fd, const void* bytes, std::size_t size, off_t offset) {
  return noted(fd, offset, size, [&] { return syscall(SYS_pwrite64, fd, bytes, size, offset); });
}
ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t offset) {
  return pwrite(fd, bytes, size, offset);
}

ssize_t pwritev(int fd, const iovec* parts, int count, off_t offset) {
  std::size_t size = 0;
  for (int k = 0; k < count; ++k) size += parts[k].iov_len;
  return noted(fd, offset, size, [&] { return syscall(SYS_pwritev, fd, parts, count, offset, 0); });
}
ssize_t pwritev64(int fd, const iovec* parts, int count, off64_t offset) {
  return pwritev(fd, parts, count, offset);
}

ssize_t write(int fd, const void* bytes, std::size_t size) {
  return noted(fd, lseek(fd, 0, SEEK_CUR), size,
               [&] { return syscall(SYS_write, fd, bytes, size); });
}

int fsync(int fd) {
  return noted_sync(fd, [](int file) { return static_cast<int>(syscall(SYS_fsync, file)); });
}
int fdatasync(int fd) {
  return noted_sync(fd, [](int file) { return static_cast<int>(syscall(SYS_fdatasync, file)); });
}
}
