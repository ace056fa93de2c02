// The C interface of csimdjson.h over simdjson's document tree.
//
// The tree and not the on-demand interface: the on-demand code is compiled here for the oldest
// processor, while the tree is built in the library, which picks its instructions at run time.

#include "csimdjson.h"

#include <charconv>
#include <new>
#include <simdjson.h>
#include <string_view>
#include <vector>

using simdjson::dom::element;
using simdjson::dom::element_type;

static_assert(EV_JSON_PADDING >= simdjson::SIMDJSON_PADDING, "simdjson reads further than we allow");

struct ev_json_parser {
  simdjson::dom::parser parser;
  std::vector<ev_json_string> tags;
  char identifier_digits[24];
  char date_digits[24];
};

namespace {

constexpr ev_json_string absent = {nullptr, 0};

ev_json_string string_of(element value) {
  std::string_view text;
  if (value.get(text)) return absent;
  return {text.data(), text.size()};
}

/// A string, or an integer written out into `digits`.
ev_json_string string_or_integer(element value, char (&digits)[24]) {
  std::to_chars_result end;
  int64_t number;
  uint64_t large;
  if (!value.get(number)) {
    end = std::to_chars(digits, digits + sizeof digits, number);
  } else if (!value.get(large)) {
    end = std::to_chars(digits, digits + sizeof digits, large);
  } else {
    return string_of(value);
  }
  return {digits, static_cast<size_t>(end.ptr - digits)};
}

void collect_tags(element value, std::vector<ev_json_string> &tags) {
  tags.clear();
  simdjson::dom::array list;
  if (value.get(list)) {
    ev_json_string one = string_of(value);
    if (one.bytes) tags.push_back(one);
    return;
  }
  for (element item : list) {
    ev_json_string one = string_of(item);
    if (one.bytes) tags.push_back(one);
  }
}

/// The rank of a field that may hold the text, the best first; -1 for any other field.
int text_rank(std::string_view key) {
  if (key == "text") return 0;
  if (key == "body") return 1;
  if (key == "content") return 2;
  if (key == "contents") return 3;
  return -1;
}

/// The first object with a date or a headline: the root, or in its list, or in its graph.
bool find_article(element value, int depth, element &article) {
  simdjson::dom::array list;
  if (!value.get(list)) {
    for (element item : list) {
      if (depth > 0 && find_article(item, depth - 1, article)) return true;
    }
    return false;
  }
  simdjson::dom::object object;
  if (value.get(object)) return false;
  element found;
  if (!object["datePublished"].get(found) || !object["headline"].get(found)) {
    article = value;
    return true;
  }
  return depth > 0 && !object["@graph"].get(found) && find_article(found, depth - 1, article);
}

ev_json_status status_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR: return ev_json_utf8;
    case simdjson::DEPTH_ERROR: return ev_json_too_deep;
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY: return ev_json_no_memory;
    default: return ev_json_syntax;
  }
}

}  // namespace

ev_json_parser *ev_json_parser_new(void) { return new (std::nothrow) ev_json_parser(); }

void ev_json_parser_free(ev_json_parser *parser) { delete parser; }

ev_json_status ev_json_parse(
    ev_json_parser *parser, const char *bytes, size_t count, ev_json_record *record) {
  *record = {};
  parser->tags.clear();
  element root;
  // `false`: the caller promises the padding, so the record is not copied.
  auto error =
      parser->parser.parse(reinterpret_cast<const uint8_t *>(bytes), count, false).get(root);
  if (error) return status_of(error);
  simdjson::dom::object object;
  if (root.get(object)) return ev_json_not_object;

  int best = 4;
  bool text_is_string = true;
  for (auto field : object) {
    std::string_view key = field.key;
    element value = field.value;
    if (value.is_null()) continue;
    int rank = text_rank(key);
    if (rank >= 0) {
      if (rank > best) continue;
      best = rank;
      record->text = string_of(value);
      text_is_string = record->text.bytes != nullptr;
    } else if (key == "id") {
      record->identifier = string_or_integer(value, parser->identifier_digits);
    } else if (key == "title") {
      record->title = string_of(value);
    } else if (key == "date") {
      record->date = string_or_integer(value, parser->date_digits);
    } else if (key == "source") {
      record->source = string_of(value);
    } else if (key == "lang" || key == "language") {
      record->language = string_of(value);
    } else if (key == "url") {
      record->url = string_of(value);
    } else if (key == "tags") {
      collect_tags(value, parser->tags);
    }
  }
  record->tag_count = parser->tags.size();
  return text_is_string ? ev_json_ok : ev_json_text_type;
}

ev_json_status ev_json_parse_article(
    ev_json_parser *parser, const char *bytes, size_t count, ev_json_record *record) {
  *record = {};
  parser->tags.clear();
  element root;
  auto error =
      parser->parser.parse(reinterpret_cast<const uint8_t *>(bytes), count, false).get(root);
  if (error) return status_of(error);
  element article;
  if (!find_article(root, 2, article)) return ev_json_not_object;
  element value;
  if (!article["headline"].get(value)) record->title = string_of(value);
  if (!article["datePublished"].get(value)) record->date = string_of(value);
  if (!article["inLanguage"].get(value)) record->language = string_of(value);
  if (!article["url"].get(value)) record->url = string_of(value);
  if (!article["publisher"]["name"].get(value)) record->source = string_of(value);
  if (!article["keywords"].get(value)) collect_tags(value, parser->tags);
  record->tag_count = parser->tags.size();
  return ev_json_ok;
}

ev_json_string ev_json_tag(const ev_json_parser *parser, size_t index) {
  return index < parser->tags.size() ? parser->tags[index] : absent;
}
