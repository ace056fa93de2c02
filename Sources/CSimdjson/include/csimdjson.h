// simdjson, from libsimdjson-dev, behind an opaque C interface: one record of a JSON lines file.
//
// The library is C++; nothing of it is visible here, so that Swift needs no C++ mode.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable behind a record that is given to `ev_json_parse`.
#define EV_JSON_PADDING 64

/// A parser with its memory; used by one thread at a time.
typedef struct ev_json_parser ev_json_parser;

/// UTF-8 in the parser's memory, good until its next call; `bytes` is null where a field is absent.
typedef struct {
  const char *bytes;
  size_t count;
} ev_json_string;

/// Why a record was refused.
typedef enum {
  ev_json_ok,
  ev_json_syntax,
  ev_json_utf8,
  ev_json_not_object,
  ev_json_text_type,
  ev_json_too_deep,
  ev_json_no_memory,
} ev_json_status;

/// The fields of a record that a document is made of.
///
/// Numbers come as their decimal digits. `text` is the first that the record has of `text`, `body`,
/// `content` and `contents`.
typedef struct {
  ev_json_string identifier;
  ev_json_string title;
  ev_json_string text;
  ev_json_string date;
  ev_json_string source;
  ev_json_string language;
  ev_json_string url;
  size_t tag_count;
} ev_json_record;

/// A new parser, or null where there is no memory.
ev_json_parser *ev_json_parser_new(void);

/// Gives the parser's memory back.
void ev_json_parser_free(ev_json_parser *parser);

/// Reads one record; `EV_JSON_PADDING` bytes behind it must be readable, with any content.
ev_json_status ev_json_parse(
    ev_json_parser *parser, const char *bytes, size_t count, ev_json_record *record);

/// Reads the JSON-LD of a page: what it says of the first article that it has.
///
/// The padding is as for `ev_json_parse`; the record has no `identifier` and no `text`, and is not
/// there with `ev_json_not_object`.
ev_json_status ev_json_parse_article(
    ev_json_parser *parser, const char *bytes, size_t count, ev_json_record *record);

/// A tag of the record that was read last; `index` is below its `tag_count`.
ev_json_string ev_json_tag(const ev_json_parser *parser, size_t index);

#ifdef __cplusplus
}
#endif
