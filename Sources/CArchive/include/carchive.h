// libarchive, from libarchive-dev, behind an opaque C interface: the members of a packed file, one
// after another. Nothing is ever written to a disk.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A packed file that is being read; used by one thread at a time.
typedef struct ev_archive ev_archive;

/// Starts at the front of an open file, which must stay open and is not closed.
///
/// With `is_single`, the file is one compressed file, such as `.gz`; else it is an archive. Returns
/// null where there is no memory, or the file is no such thing.
ev_archive *ev_archive_open(int descriptor, bool is_single);

/// The same for bytes, which are copied.
ev_archive *ev_archive_open_bytes(const uint8_t *bytes, size_t count, bool is_single);

/// Gives the archive's memory back.
void ev_archive_free(ev_archive *archive);

/// What `ev_archive_next` found.
typedef enum {
  ev_archive_end,
  /// A regular file.
  ev_archive_member,
  /// A folder, a link or the like.
  ev_archive_other,
  /// A file that only a password opens.
  ev_archive_encrypted,
  /// The archive is damaged here, but there may be more members.
  ev_archive_broken,
  /// The archive is damaged here, and nothing behind it can be read.
  ev_archive_damaged,
} ev_archive_kind;

/// Goes to the next member.
ev_archive_kind ev_archive_next(ev_archive *archive);

/// The name of the member, ended by a NUL, good until the next call of `ev_archive_next`; null where
/// it has none.
const char *ev_archive_name(const ev_archive *archive);

/// Reads on in the member.
///
/// Returns how many bytes came, 0 at its end, and below 0 where it is damaged.
ptrdiff_t ev_archive_read(ev_archive *archive, void *buffer, size_t count);

/// How many bytes of the packed file were used so far.
int64_t ev_archive_packed_count(const ev_archive *archive);

#ifdef __cplusplus
}
#endif
