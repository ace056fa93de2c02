// libxml2, from libxml2-dev, behind an opaque C interface: a text of XML as a row of events.
//
// What a hostile text could do is taken away: nothing is loaded from elsewhere, a text that declares
// entities or default attributes is refused, and no tree is built. What libxml2 does in the square of
// a number is bounded: the attributes of a tag, the namespaces in force, the depth.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What an event is.
typedef enum {
  ev_xml_enter,
  ev_xml_leave,
  ev_xml_text,
} ev_xml_kind;

/// A step through a text; all of it is only good during the call that it is given to.
typedef struct {
  ev_xml_kind kind;
  /// The element's name without its prefix, ended by a NUL; empty for text.
  const char *name;
  /// The name of its namespace; null where it has none. Equal names have equal addresses.
  const char *space;
  /// The text with references resolved, not ended by a NUL; null for elements.
  const char *text;
  size_t text_count;
  /// What `ev_xml_attribute` looks through.
  const void *attributes;
  size_t attribute_count;
} ev_xml_event;

/// A stretch of bytes; null where there is none.
typedef struct {
  const char *bytes;
  size_t count;
} ev_xml_bytes;

/// The value of the first attribute of this name, whatever its prefix; of an `ev_xml_enter` only.
ev_xml_bytes ev_xml_attribute(const ev_xml_event *event, const char *name);

/// How a parse ended.
typedef enum {
  ev_xml_complete,
  /// The handler did not want more.
  ev_xml_stopped,
  ev_xml_damaged,
  ev_xml_too_deep,
  ev_xml_too_many_attributes,
  ev_xml_declarations,
  ev_xml_no_memory,
} ev_xml_status;

/// How a parse ended, and on which line, from 1.
typedef struct {
  ev_xml_status status;
  size_t line;
} ev_xml_result;

/// Takes an event; returns whether it wants more.
typedef bool (*ev_xml_handler)(void *context, const ev_xml_event *event);

/// Parses a text, which must be UTF-8, whatever it says of its encoding.
///
/// Elements are at most `EV_XML_MAXIMUM_DEPTH` deep. Every element that was entered is left, unless
/// the parse ends early. Safe to call from several threads.
ev_xml_result ev_xml_parse(
    const char *bytes, size_t count, void *context, ev_xml_handler handler);

#define EV_XML_MAXIMUM_DEPTH 200

#ifdef __cplusplus
}
#endif
