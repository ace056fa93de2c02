// The only file that sees libarchive's headers. The contracts are in carchive.h.

#include "carchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

struct ev_archive {
  struct archive *reader;
  struct archive_entry *entry;
  /// The archive itself, where it is no open file.
  void *bytes;
};

/// A reader of the formats that articles come in.
///
/// Compression by other programs is left out: libarchive would run a program that an archive names.
static struct archive *reader_new(bool is_single) {
  struct archive *reader = archive_read_new();
  if (reader == NULL) return NULL;
  archive_read_support_filter_gzip(reader);
  archive_read_support_filter_zstd(reader);
  archive_read_support_filter_xz(reader);
  archive_read_support_filter_bzip2(reader);
  if (is_single) {
    archive_read_support_format_raw(reader);
  } else {
    archive_read_support_format_zip(reader);
    archive_read_support_format_tar(reader);
  }
  return reader;
}

static ev_archive *opened(struct archive *reader, int status) {
  ev_archive *archive = status == ARCHIVE_OK ? calloc(1, sizeof *archive) : NULL;
  if (archive == NULL) {
    archive_read_free(reader);
    return NULL;
  }
  archive->reader = reader;
  return archive;
}

ev_archive *ev_archive_open(int descriptor, bool is_single) {
  struct archive *reader = reader_new(is_single);
  if (reader == NULL) return NULL;
  return opened(reader, archive_read_open_fd(reader, descriptor, 1 << 16));
}

ev_archive *ev_archive_open_bytes(const uint8_t *bytes, size_t count, bool is_single) {
  struct archive *reader = reader_new(is_single);
  void *copy = reader == NULL ? NULL : malloc(count + 1);
  if (copy == NULL) {
    if (reader != NULL) archive_read_free(reader);
    return NULL;
  }
  if (count > 0) memcpy(copy, bytes, count);
  ev_archive *archive = opened(reader, archive_read_open_memory(reader, copy, count));
  if (archive == NULL) {
    free(copy);
  } else {
    archive->bytes = copy;
  }
  return archive;
}

void ev_archive_free(ev_archive *archive) {
  if (archive == NULL) return;
  archive_read_free(archive->reader);
  free(archive->bytes);
  free(archive);
}

ev_archive_kind ev_archive_next(ev_archive *archive) {
  int status = archive_read_next_header(archive->reader, &archive->entry);
  // A warning is about a name in another character set, or an attribute that means nothing to us.
  if (status == ARCHIVE_EOF || status < ARCHIVE_WARN) {
    archive->entry = NULL;
    return status == ARCHIVE_EOF ? ev_archive_end : ev_archive_damaged;
  }
  if (status == ARCHIVE_RETRY) {
    archive->entry = NULL;
    return ev_archive_broken;
  }
  if (archive_entry_is_encrypted(archive->entry)) return ev_archive_encrypted;
  mode_t type = archive_entry_filetype(archive->entry);
  bool is_link = archive_entry_hardlink(archive->entry) != NULL;
  return type == AE_IFREG && !is_link ? ev_archive_member : ev_archive_other;
}

const char *ev_archive_name(const ev_archive *archive) {
  if (archive->entry == NULL) return NULL;
  // The first is there only for a name that is UTF-8; the second as the archive has it.
  const char *name = archive_entry_pathname_utf8(archive->entry);
  return name != NULL ? name : archive_entry_pathname(archive->entry);
}

ptrdiff_t ev_archive_read(ev_archive *archive, void *buffer, size_t count) {
  while (true) {
    la_ssize_t read = archive_read_data(archive->reader, buffer, count);
    if (read != ARCHIVE_RETRY) return read;
  }
}

int64_t ev_archive_packed_count(const ev_archive *archive) {
  return archive_filter_bytes(archive->reader, -1);
}
