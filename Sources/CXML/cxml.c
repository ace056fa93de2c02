// The only file that sees libxml2's headers. The contracts are in cxml.h.

#include "cxml.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/// libxml2 compares each attribute of a tag with each other one.
#define MAXIMUM_ATTRIBUTES 256

/// libxml2 looks through the namespaces in force at each name.
#define MAXIMUM_NAMESPACES 512

/// Pointers that libxml2 has for each attribute: name, prefix, namespace, start and end of the value.
#define ATTRIBUTE_STRIDE 5

typedef struct {
  xmlParserCtxtPtr parser;
  void *context;
  ev_xml_handler handler;
  size_t depth;
  size_t namespaces;
  /// How many namespaces each open element declares.
  int declared[EV_XML_MAXIMUM_DEPTH];
  ev_xml_status status;
} parse;

/// Where `needle` starts in the bytes from `start` on; `count` where it does not.
static size_t find(const char *bytes, size_t count, size_t start, const char *needle) {
  size_t length = strlen(needle);
  while (start + length <= count) {
    const char *first = memchr(bytes + start, needle[0], count - start);
    if (first == NULL) break;
    start = (size_t)(first - bytes);
    if (start + length <= count && memcmp(first, needle, length) == 0) return start;
    start++;
  }
  return count;
}

/// Looks through the tags, before libxml2 does: what it would take too long over is refused.
static ev_xml_status inspect(const char *bytes, size_t count) {
  size_t index = 0;
  while (index < count) {
    const char *bracket = memchr(bytes + index, '<', count - index);
    if (bracket == NULL) break;
    index = (size_t)(bracket - bytes) + 1;
    const char *rest = bytes + index;
    size_t left = count - index;
    if (left >= 3 && memcmp(rest, "!--", 3) == 0) {
      index = find(bytes, count, index + 3, "-->");
    } else if (left >= 8 && memcmp(rest, "![CDATA[", 8) == 0) {
      index = find(bytes, count, index + 8, "]]>");
    } else if (left >= 1 && rest[0] == '?') {
      index = find(bytes, count, index + 1, "?>");
    } else {
      bool is_declaration = left >= 1 && rest[0] == '!';
      char quote = 0;
      size_t values = 0;
      for (; index < count; index++) {
        char byte = bytes[index];
        if (quote != 0) {
          if (byte == quote) quote = 0;
        } else if (byte == '"' || byte == '\'') {
          quote = byte;
        } else if (byte == '>') {
          break;
        } else if (byte == '[' && is_declaration) {
          return ev_xml_declarations;
        } else if (byte == '=' && ++values > MAXIMUM_ATTRIBUTES) {
          return ev_xml_too_many_attributes;
        }
      }
    }
  }
  return ev_xml_complete;
}

static void stop(parse *state, ev_xml_status status) {
  if (state->status == ev_xml_complete) state->status = status;
  xmlStopParser(state->parser);
}

static void send(parse *state, const ev_xml_event *event) {
  if (state->status != ev_xml_complete) return;
  if (!state->handler(state->context, event)) stop(state, ev_xml_stopped);
}

static void enter(
    void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int namespaces,
    const xmlChar **declarations, int attributes, int defaulted, const xmlChar **values) {
  (void)prefix;
  (void)declarations;
  (void)defaulted;
  parse *state = user;
  if (state->status != ev_xml_complete) return;
  if (state->depth == EV_XML_MAXIMUM_DEPTH) return stop(state, ev_xml_too_deep);
  state->declared[state->depth++] = namespaces;
  state->namespaces += (size_t)namespaces;
  if (state->namespaces > MAXIMUM_NAMESPACES) return stop(state, ev_xml_too_many_attributes);
  ev_xml_event event = {
      .kind = ev_xml_enter, .name = (const char *)name, .space = (const char *)space,
      .attributes = values, .attribute_count = (size_t)attributes};
  send(state, &event);
}

static void leave(
    void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
  (void)prefix;
  parse *state = user;
  if (state->status != ev_xml_complete || state->depth == 0) return;
  state->namespaces -= (size_t)state->declared[--state->depth];
  ev_xml_event event = {
      .kind = ev_xml_leave, .name = (const char *)name, .space = (const char *)space};
  send(state, &event);
}

static void take_text(void *user, const xmlChar *text, int count) {
  ev_xml_event event = {
      .kind = ev_xml_text, .name = "", .text = (const char *)text, .text_count = (size_t)count};
  send(user, &event);
}

ev_xml_bytes ev_xml_attribute(const ev_xml_event *event, const char *name) {
  const char *const *values = event->attributes;
  for (size_t index = 0; index < event->attribute_count; index++) {
    const char *const *attribute = values + index * ATTRIBUTE_STRIDE;
    if (strcmp(attribute[0], name) != 0) continue;
    return (ev_xml_bytes){attribute[3], (size_t)(attribute[4] - attribute[3])};
  }
  return (ev_xml_bytes){0};
}

static pthread_once_t initialized = PTHREAD_ONCE_INIT;

ev_xml_result ev_xml_parse(
    const char *bytes, size_t count, void *context, ev_xml_handler handler) {
  ev_xml_result result = {.line = 1};
  if (count == 0 || count > INT_MAX) {
    result.status = ev_xml_damaged;
    return result;
  }
  result.status = inspect(bytes, count);
  if (result.status != ev_xml_complete) return result;
  pthread_once(&initialized, xmlInitParser);
  xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(bytes, (int)count);
  if (parser == NULL) {
    result.status = ev_xml_no_memory;
    return result;
  }
  // Entities are none but the five that need no declaration; these are put in.
  xmlCtxtUseOptions(
      parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                  XML_PARSE_IGNORE_ENC);
  parse *state = calloc(1, sizeof *state);
  if (state == NULL) {
    xmlFreeParserCtxt(parser);
    result.status = ev_xml_no_memory;
    return result;
  }
  *state = (parse){.parser = parser, .context = context, .handler = handler};
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->sax->startElementNs = enter;
  parser->sax->endElementNs = leave;
  parser->sax->characters = take_text;
  parser->sax->ignorableWhitespace = take_text;
  parser->sax->cdataBlock = take_text;
  parser->userData = state;
  xmlParseDocument(parser);
  result.status = state->status;
  if (result.status == ev_xml_complete && !parser->wellFormed) {
    result.status =
        parser->errNo == XML_ERR_NO_MEMORY ? ev_xml_no_memory : ev_xml_damaged;
  }
  if (parser->lastError.line > 0) result.line = (size_t)parser->lastError.line;
  if (parser->myDoc != NULL) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
  free(state);
  return result;
}
