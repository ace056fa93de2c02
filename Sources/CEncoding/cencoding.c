// The only file of this target that sees ICU's headers. The contracts are in cencoding.h.

#include "cencoding.h"

#include <string.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

int32_t ev_charset_detect(
    const uint8_t *bytes, int32_t count, bool is_markup, ev_charset *found, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return 0;
  ucsdet_enableInputFilter(detector, is_markup);
  ucsdet_setText(detector, (const char *)bytes, count, &status);
  int32_t produced = 0;
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &produced, &status);
  if (U_FAILURE(status) || matches == NULL) produced = 0;
  int32_t stored = 0;
  for (int32_t index = 0; index < produced && stored < capacity; index++) {
    UErrorCode code = U_ZERO_ERROR;
    const char *name = ucsdet_getName(matches[index], &code);
    int32_t confidence = ucsdet_getConfidence(matches[index], &code);
    if (U_FAILURE(code) || name == NULL || strlen(name) >= sizeof found[stored].name) continue;
    strcpy(found[stored].name, name);
    found[stored].confidence = confidence;
    stored++;
  }
  ucsdet_close(detector);
  return stored;
}

// The opaque type is ICU's own, under another name.

ev_decoder *ev_decoder_new(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) {
    ucnv_close(converter);
    return NULL;
  }
  return (ev_decoder *)converter;
}

void ev_decoder_free(ev_decoder *decoder) { ucnv_close((UConverter *)decoder); }

void ev_decoder_name(const ev_decoder *decoder, char *name, size_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const char *own = ucnv_getName((const UConverter *)decoder, &status);
  if (capacity == 0) return;
  name[0] = 0;
  if (U_SUCCESS(status) && own != NULL) strncat(name, own, capacity - 1);
}

ev_decoded ev_decode(
    ev_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *text, size_t capacity,
    ev_anchor *anchors, size_t anchor_capacity) {
  UConverter *converter = (UConverter *)decoder;
  const char *start = (const char *)bytes;
  const char *source = start;
  const char *limit = start + count;
  ev_decoded result = {0};
  while (capacity - result.written >= 4 && result.anchors < anchor_capacity) {
    const char *before = source;
    UErrorCode status = U_ZERO_ERROR;
    UChar32 scalar = ucnv_getNextUChar(converter, &source, limit, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) {
      result.is_finished = true;
      break;
    }
    if (U_FAILURE(status) || scalar < 0 || scalar > 0x10FFFF || U_IS_SURROGATE(scalar)) {
      scalar = 0xFFFD;
      // A failure that uses up nothing would come again for ever.
      if (U_FAILURE(status) && source == before) source = limit;
    }
    if (scalar == 0xFFFD) result.replacements++;
    size_t length = 0;
    U8_APPEND_UNSAFE(text + result.written, length, scalar);
    result.written += length;
    if ((size_t)(source - before) != length) {
      anchors[result.anchors].text = result.written;
      anchors[result.anchors].file = (size_t)(source - start);
      result.anchors++;
    }
  }
  result.read = (size_t)(source - start);
  return result;
}
