// The only file that sees gumbo's header. The contracts are in cgumbo.h.

#include "cgumbo.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/// A block of gumbo's memory; all of them are in one ring, so that all can be freed without a walk.
typedef struct block {
  struct block *previous, *next;
  size_t size;
  size_t padding;  // keeps what follows aligned as malloc aligns
} block;

/// A place in the walk: a node that was entered, and its child that comes next.
typedef struct {
  const GumboNode *node;
  unsigned child;
} level;

struct ev_html {
  block ring;
  size_t used, memory;
  jmp_buf out_of_memory;
  const char *bytes;
  size_t count;
  level *levels;
  size_t depth, capacity;
};

static void *allocate(void *userdata, size_t size) {
  ev_html *page = userdata;
  block *made = size <= page->memory - page->used ? malloc(sizeof *made + size) : NULL;
  // gumbo does not look at what it gets, so there is no way back but this one.
  if (made == NULL) longjmp(page->out_of_memory, 1);
  made->size = size;
  made->previous = &page->ring;
  made->next = page->ring.next;
  made->next->previous = made;
  page->ring.next = made;
  page->used += size;
  return made + 1;
}

static void deallocate(void *userdata, void *pointer) {
  ev_html *page = userdata;
  if (pointer == NULL) return;
  block *gone = (block *)pointer - 1;
  gone->previous->next = gone->next;
  gone->next->previous = gone->previous;
  page->used -= gone->size;
  free(gone);
}

static const GumboVector *children_of(const GumboNode *node) {
  switch (node->type) {
    case GUMBO_NODE_DOCUMENT: return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: return &node->v.element.children;
    default: return NULL;
  }
}

static bool enter(ev_html *page, const GumboNode *node) {
  if (page->depth == page->capacity) {
    size_t capacity = page->capacity * 2 + 64;
    level *levels = realloc(page->levels, capacity * sizeof *levels);
    if (levels == NULL) return false;
    page->levels = levels;
    page->capacity = capacity;
  }
  page->levels[page->depth++] = (level){node, 0};
  return true;
}

ev_html *ev_html_parse(const char *bytes, size_t count, size_t memory) {
  ev_html *page = calloc(1, sizeof *page);
  if (page == NULL) return NULL;
  page->ring.previous = page->ring.next = &page->ring;
  page->memory = memory;
  page->bytes = bytes;
  page->count = count;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = deallocate;
  options.userdata = page;
  // Errors are the rule, and each that is recorded costs memory.
  options.max_errors = 0;
  if (setjmp(page->out_of_memory) != 0) {
    ev_html_free(page);
    return NULL;
  }
  GumboOutput *output = gumbo_parse_with_options(&options, bytes, count);
  if (output == NULL || output->document == NULL || !enter(page, output->document)) {
    ev_html_free(page);
    return NULL;
  }
  return page;
}

void ev_html_free(ev_html *page) {
  if (page == NULL) return;
  for (block *each = page->ring.next; each != &page->ring;) {
    block *next = each->next;
    free(each);
    each = next;
  }
  free(page->levels);
  free(page);
}

/// Where a piece of the page starts; the end of the page for what is no piece of it.
static size_t offset_of(const ev_html *page, const char *data) {
  return data >= page->bytes && data <= page->bytes + page->count ? (size_t)(data - page->bytes)
                                                                  : page->count;
}

static ev_html_step element_step(
    const ev_html *page, const GumboNode *node, ev_html_kind kind) {
  ev_html_step step = {.kind = kind, .name = ""};
  if (node->type == GUMBO_NODE_DOCUMENT) return step;
  step.name = gumbo_normalized_tagname(node->v.element.tag);
  GumboStringPiece tag = node->v.element.original_tag;
  step.offset = offset_of(page, tag.data);
  step.count = tag.length;
  return step;
}

ev_html_step ev_html_next(ev_html *page) {
  while (page->depth > 0) {
    level *here = &page->levels[page->depth - 1];
    const GumboVector *children = children_of(here->node);
    if (children == NULL || here->child >= children->length) {
      page->depth--;
      return element_step(page, here->node, ev_html_leave);
    }
    const GumboNode *node = children->data[here->child++];
    switch (node->type) {
      case GUMBO_NODE_ELEMENT:
      case GUMBO_NODE_TEMPLATE:
        if (!enter(page, node)) break;
        return element_step(page, node, ev_html_enter);
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
      case GUMBO_NODE_WHITESPACE: {
        const GumboText *text = &node->v.text;
        return (ev_html_step){
            .kind = ev_html_text, .name = "", .text = text->text, .text_count = strlen(text->text),
            .offset = offset_of(page, text->original_text.data),
            .count = text->original_text.length};
      }
      default: break;
    }
  }
  return (ev_html_step){.kind = ev_html_end, .name = ""};
}

void ev_html_skip(ev_html *page) {
  if (page->depth == 0) return;
  level *here = &page->levels[page->depth - 1];
  const GumboVector *children = children_of(here->node);
  if (children != NULL) here->child = children->length;
}

ev_html_value ev_html_attribute(const ev_html *page, const char *name) {
  ev_html_value value = {0};
  if (page->depth == 0) return value;
  const GumboNode *node = page->levels[page->depth - 1].node;
  if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return value;
  const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
  if (found == NULL) return value;
  value.bytes = found->value;
  value.count = strlen(found->value);
  GumboStringPiece original = found->original_value;
  value.offset = offset_of(page, original.data);
  if (original.length > 0 && (*original.data == '"' || *original.data == '\'')) value.offset++;
  return value;
}
