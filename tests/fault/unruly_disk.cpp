// Stands between a program and its disk and clock (LD_PRELOAD): writes down every write, can make
// the disk full, read-only or slow, and set the clock. Only files under MOTCUA_DISK are touched.
//
// MOTCUA_DISK_LOG gets one record an operation, in the order of the operations: two 32-bit words
// (what, file), two 64-bit words (offset, length), then the bytes. What a program says on its
// standard output is in the same order, so the log tells what was promised before a power cut.
// MOTCUA_DISK_MOOD is a file of four 64-bit words that a test may change at any time:
// errno of each write (0: none), milliseconds that an fsync takes, seconds the clock is ahead, spare.

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <mutex>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

enum What : uint32_t { NAMED = 1, WRITTEN, CUT, SYNCED, REMOVED, RENAMED, SAID };
struct Mood { int64_t write_errno, sync_ms, ahead_s, spare; };

std::mutex one_at_a_time;
const char *disk = nullptr;
int log_fd = -1;
uint32_t names = 0;
uint32_t file_of[4096];  // what a descriptor writes to; 0: nothing of ours
bool appends[4096];
volatile Mood *mood = nullptr;

template <typename F> F real(const char *name) { return reinterpret_cast<F>(dlsym(RTLD_NEXT, name)); }

ssize_t raw_write(int fd, const void *data, size_t size) {
    static auto next = real<ssize_t (*)(int, const void *, size_t)>("write");
    return next(fd, data, size);
}

void note(What what, uint32_t file, uint64_t offset, const void *data, uint64_t length, bool with_data) {
    if (log_fd < 0) return;
    struct { uint32_t what, file; uint64_t offset, length; } head{what, file, offset, length};
    iovec parts[2] = {{&head, sizeof head}, {const_cast<void *>(data), with_data ? length : 0}};
    static auto next = real<ssize_t (*)(int, const iovec *, int)>("writev");
    if (next(log_fd, parts, 2) < 0) abort();
}

__attribute__((constructor)) void begin() {
    disk = getenv("MOTCUA_DISK");
    if (const char *path = getenv("MOTCUA_DISK_LOG")) {
        static auto next = real<int (*)(const char *, int, ...)>("open");
        log_fd = fcntl(next(path, O_WRONLY | O_CREAT | O_APPEND, 0600), F_DUPFD_CLOEXEC, 900);
    }
    if (const char *path = getenv("MOTCUA_DISK_MOOD")) {
        static auto next = real<int (*)(const char *, int, ...)>("open");
        int fd = next(path, O_RDONLY | O_CLOEXEC);
        void *page = mmap(nullptr, sizeof(Mood), PROT_READ, MAP_SHARED, fd, 0);
        if (page != MAP_FAILED) mood = static_cast<volatile Mood *>(page);
    }
}

bool ours(const char *path) { return disk && path && std::strncmp(path, disk, std::strlen(disk)) == 0; }

int opened(int fd, const char *path, int flags) {
    if (fd < 0 || fd >= 4096) return fd;
    std::lock_guard<std::mutex> hold(one_at_a_time);
    file_of[fd] = 0;
    if (!ours(path)) return fd;
    file_of[fd] = ++names;
    appends[fd] = (flags & O_APPEND) != 0;
    note(NAMED, names, (flags & O_TRUNC) != 0, path, std::strlen(path), true);
    return fd;
}

bool refused(int fd) {
    if (fd < 0 || fd >= 4096 || !file_of[fd] || !mood || !mood->write_errno) return false;
    errno = static_cast<int>(mood->write_errno);
    return true;
}

// The log has a write after it was done: a crash between the two is the same as one before both.
ssize_t written(int fd, const void *data, ssize_t done, uint64_t offset) {
    if (done > 0) note(WRITTEN, file_of[fd], offset, data, done, true);
    return done;
}

int synced(int fd, int (*next)(int)) {
    if (fd < 0 || fd >= 4096 || !file_of[fd]) return next(fd);
    if (mood && mood->sync_ms) {
        timespec pause{mood->sync_ms / 1000, (mood->sync_ms % 1000) * 1000000};
        nanosleep(&pause, nullptr);
    }
    int done = next(fd);
    std::lock_guard<std::mutex> hold(one_at_a_time);
    if (done == 0) note(SYNCED, file_of[fd], 0, nullptr, 0, false);
    return done;
}

}  // namespace

extern "C" {

int open(const char *path, int flags, ...) {
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);
    static auto next = real<int (*)(const char *, int, ...)>("open");
    return opened(next(path, flags, mode), path, flags);
}

int open64(const char *path, int flags, ...) {
    va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more);
    static auto next = real<int (*)(const char *, int, ...)>("open64");
    return opened(next(path, flags, mode), path, flags);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    static auto next = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    if (refused(fd)) return -1;
    if (fd < 0 || fd >= 4096 || !file_of[fd]) return next(fd, data, size, at);
    std::lock_guard<std::mutex> hold(one_at_a_time);
    return written(fd, data, next(fd, data, size, at), at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

ssize_t write(int fd, const void *data, size_t size) {
    if (fd == 1 && log_fd >= 0) {
        std::lock_guard<std::mutex> hold(one_at_a_time);
        note(SAID, 0, 0, data, size, true);
        return raw_write(fd, data, size);
    }
    if (refused(fd)) return -1;
    if (fd < 0 || fd >= 4096 || !file_of[fd]) return raw_write(fd, data, size);
    std::lock_guard<std::mutex> hold(one_at_a_time);
    uint64_t at = appends[fd] ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    return written(fd, data, raw_write(fd, data, size), at);
}

int ftruncate64(int fd, off64_t size) {
    static auto next = real<int (*)(int, off64_t)>("ftruncate64");
    if (refused(fd)) return -1;
    if (fd < 0 || fd >= 4096 || !file_of[fd]) return next(fd, size);
    std::lock_guard<std::mutex> hold(one_at_a_time);
    int done = next(fd, size);
    if (done == 0) note(CUT, file_of[fd], size, nullptr, 0, false);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fsync(int fd) {
    static auto next = real<int (*)(int)>("fsync");
    return synced(fd, next);
}

int fdatasync(int fd) {
    static auto next = real<int (*)(int)>("fdatasync");
    return synced(fd, next);
}

// A descriptor that is free again may become a socket, which no bad disk can refuse.
int close(int fd) {
    static auto next = real<int (*)(int)>("close");
    if (fd >= 0 && fd < 4096 && file_of[fd]) {
        std::lock_guard<std::mutex> hold(one_at_a_time);
        file_of[fd] = 0;
    }
    return next(fd);
}

int unlink(const char *path) {
    static auto next = real<int (*)(const char *)>("unlink");
    if (!ours(path)) return next(path);
    std::lock_guard<std::mutex> hold(one_at_a_time);
    int done = next(path);
    if (done == 0) note(REMOVED, 0, 0, path, std::strlen(path), true);
    return done;
}

int rename(const char *from, const char *to) {
    static auto next = real<int (*)(const char *, const char *)>("rename");
    if (!ours(from)) return next(from, to);
    std::lock_guard<std::mutex> hold(one_at_a_time);
    int done = next(from, to);
    std::string both = std::string(from) + '\0' + to;
    if (done == 0) note(RENAMED, 0, 0, both.data(), both.size(), true);
    return done;
}

int clock_gettime(clockid_t clock, timespec *at) {
    static auto next = real<int (*)(clockid_t, timespec *)>("clock_gettime");
    int done = next(clock, at);
    if (done == 0 && clock == CLOCK_REALTIME && mood) at->tv_sec += mood->ahead_s;
    return done;
}

}
