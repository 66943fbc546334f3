/* What a process does to the files below one folder: written down, and made to fail at the n-th operation.
 *
 * Loaded before libc (LD_PRELOAD), so that SQLite and Python are both seen. See faults.py for the calls. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { SHORT = -1, KILL_BEFORE = -2, KILL_AFTER = -3 };
enum { IS_CHANGE = 1, IS_WRITE = 2, IS_READ = 4 };
#define MOST 4096

static char watched[4096], *names[MOST];
static long wanted, seen, hit;
static int kind, sticky, classes, logged = -1;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

static int is_watched(const char *path) {
    size_t n = strlen(watched);
    return n && path && !strncmp(path, watched, n);
}
static const char *name_of(int fd) { return fd >= 0 && fd < MOST ? names[fd] : NULL; }

static void put(const void *data, size_t n) {
    const char *at = data;
    while (n) {
        long done = syscall(SYS_write, logged, at, n);
        if (done <= 0) abort();
        at += done;
        n -= done;
    }
}
static void note(char op, const char *path, const char *other, int64_t at, const void *data, uint64_t n) {
    if (logged < 0 || !watched[0]) return;
    uint32_t first = strlen(path), second = other ? strlen(other) : 0;
    pthread_mutex_lock(&guard);
    put(&op, 1), put(&first, 4), put(&second, 4), put(&at, 8), put(&n, 8);
    put(path, first);
    if (second) put(other, second);
    if (data) put(data, n);
    pthread_mutex_unlock(&guard);
}

/* 0: let it be; >0: fail with this errno; else one of the enum. */
static int fault(int class) {
    int found = 0;
    pthread_mutex_lock(&guard);
    if (class & classes) {
        seen++;
        if (wanted && (seen == wanted || (sticky && seen > wanted))) {
            hit++;
            found = kind == SHORT && hit > 1 ? (sticky ? ENOSPC : 0) : kind;
        }
    }
    pthread_mutex_unlock(&guard);
    if (found == KILL_BEFORE) kill(getpid(), SIGKILL), pause();
    return found;
}
static void after(int found) {
    if (found == KILL_AFTER) kill(getpid(), SIGKILL), pause();
}

void faultfs_watch(const char *prefix) { snprintf(watched, sizeof watched, "%s", prefix); }
void faultfs_log(int fd) { logged = fd; }
void faultfs_note(const char *text) { note('!', text, NULL, 0, NULL, 0); }
long faultfs_seen(void) { return seen; }
long faultfs_hit(void) { return hit; }
void faultfs_arm(long n, int what, int again, int which) {
    wanted = n, seen = 0, hit = 0, kind = what, sticky = again, classes = which;
}

static int opened(int fd, const char *path, int flags, int is_new) {
    if (fd < 0 || fd >= MOST) return fd;
    free(names[fd]);
    names[fd] = strdup(path);
    if (is_new) note('c', path, NULL, 0, NULL, 0);
    if (!is_new && flags & O_TRUNC) note('t', path, NULL, 0, NULL, 0);
    return fd;
}
#define OPEN(symbol) \
    int symbol(const char *path, int flags, ...) { \
        REAL(int, #symbol, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & O_CREAT) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); } \
        if (!is_watched(path)) return real(path, flags, mode); \
        struct stat status; \
        int is_new = flags & O_CREAT && lstat(path, &status), found = fault(is_new || flags & O_TRUNC ? IS_CHANGE : IS_READ); \
        if (found > 0) return errno = found, -1; \
        int fd = opened(real(path, flags, mode), path, flags, is_new); \
        return after(found), fd; \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(int, "close", int);
    if (name_of(fd)) free(names[fd]), names[fd] = NULL;
    return real(fd);
}

#define WRITE(symbol, offset_of, parameters, call) \
    ssize_t symbol parameters { \
        REAL(ssize_t, #symbol, int, const void *, size_t, off_t); \
        const char *path = name_of(fd); \
        if (!path) return call; \
        int found = fault(IS_CHANGE | IS_WRITE); \
        if (found > 0) return errno = found, -1; \
        off_t at = offset_of; \
        if (found == SHORT) n = (n + 1) / 2; \
        ssize_t done = call; \
        if (done > 0) note('w', path, NULL, at, data, done); \
        return after(found), done; \
    }
WRITE(write, (fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR)),
      (int fd, const void *data, size_t n), real(fd, data, n, 0))
WRITE(pwrite, where, (int fd, const void *data, size_t n, off_t where), real(fd, data, n, where))
WRITE(pwrite64, where, (int fd, const void *data, size_t n, off_t where), real(fd, data, n, where))

#define READ(symbol, parameters, call) \
    ssize_t symbol parameters { \
        REAL(ssize_t, #symbol, int, void *, size_t, off_t); \
        if (!name_of(fd)) return call; \
        int found = fault(IS_READ); \
        if (found > 0) return errno = found, -1; \
        ssize_t done = call; \
        return after(found), done; \
    }
READ(read, (int fd, void *data, size_t n), real(fd, data, n, 0))
READ(pread, (int fd, void *data, size_t n, off_t where), real(fd, data, n, where))
READ(pread64, (int fd, void *data, size_t n, off_t where), real(fd, data, n, where))

#define ON_FILE(symbol, op, parameters, types, call, size) \
    int symbol parameters { \
        REAL(int, #symbol, types); \
        const char *path = name_of(fd); \
        if (!path) return call; \
        int found = fault(IS_CHANGE); \
        if (found > 0) return errno = found, -1; \
        int result = call; \
        if (!result) note(op, path, NULL, size, NULL, 0); \
        return after(found), result; \
    }
#define PAIR int, off_t
ON_FILE(ftruncate, 't', (int fd, off_t size), PAIR, real(fd, size), size)
ON_FILE(ftruncate64, 't', (int fd, off_t size), PAIR, real(fd, size), size)
ON_FILE(fsync, 's', (int fd), int, real(fd), 0)
ON_FILE(fdatasync, 's', (int fd), int, real(fd), 0)

#define ON_NAME(symbol, op, parameters, types, call, other) \
    int symbol parameters { \
        REAL(int, #symbol, types); \
        if (!is_watched(path)) return call; \
        int found = fault(IS_CHANGE); \
        if (found > 0) return errno = found, -1; \
        int result = call; \
        if (!result) note(op, path, other, 0, NULL, 0); \
        return after(found), result; \
    }
#define NAMES const char *, const char *
#define NAME_MODE const char *, mode_t
ON_NAME(unlink, 'u', (const char *path), const char *, real(path), NULL)
ON_NAME(rename, 'r', (const char *path, const char *target), NAMES, real(path, target), target)
ON_NAME(mkdir, 'd', (const char *path, mode_t mode), NAME_MODE, real(path, mode), NULL)
