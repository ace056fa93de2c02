// gumbo, from libgumbo-dev, behind an opaque C interface: a page of HTML as a row of steps through
// its tree.
//
// The shim is there for what gumbo leaves open: a bound on its memory, and freeing a tree without
// recursion, which a page of a million open tags would turn into a stack overflow.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parsed page and a walk through it; used by one thread at a time.
typedef struct ev_html ev_html;

/// Parses a page of UTF-8, which must outlive the result.
///
/// Returns null where that would take more than `memory` bytes, or there are no more.
ev_html *ev_html_parse(const char *bytes, size_t count, size_t memory);

/// Gives the page's memory back.
void ev_html_free(ev_html *page);

/// What a step of the walk is.
typedef enum {
  ev_html_end,
  ev_html_enter,
  ev_html_leave,
  ev_html_text,
} ev_html_kind;

/// A step of the walk.
typedef struct {
  ev_html_kind kind;
  /// The name of the element in small letters; empty for one that HTML does not have, and for text.
  const char *name;
  /// The text, with references resolved; null for elements.
  const char *text;
  size_t text_count;
  /// Where the text or the start tag is in the page. A tag that the page lacks has no bytes.
  size_t offset, count;
} ev_html_step;

/// Takes the next step, in the order of the page as a browser shows it.
ev_html_step ev_html_next(ev_html *page);

/// Leaves out what is inside the element that was just entered; its end is the next step.
void ev_html_skip(ev_html *page);

/// A value of an attribute; `bytes` is null where it is absent.
typedef struct {
  /// The value with references resolved, ended by a NUL.
  const char *bytes;
  size_t count;
  /// Where the value is in the page, behind its quote.
  size_t offset;
} ev_html_value;

/// An attribute of the element that was just entered.
ev_html_value ev_html_attribute(const ev_html *page, const char *name);

#ifdef __cplusplus
}
#endif
