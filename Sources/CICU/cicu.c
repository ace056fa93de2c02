// The only file that sees ICU's headers. The contracts are in cicu.h.

#include "cicu.h"

#include <stddef.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

void cicu_icu_version(uint8_t version[4]) { u_getVersion(version); }

void cicu_unicode_version(uint8_t version[4]) { u_getUnicodeVersion(version); }

static uint8_t sentence_class(UChar32 scalar) {
  switch (u_getIntPropertyValue(scalar, UCHAR_SENTENCE_BREAK)) {
    case U_SB_ATERM: return CICU_SENTENCE_ATERM;
    case U_SB_STERM: return CICU_SENTENCE_STERM;
    case U_SB_CLOSE: return CICU_SENTENCE_CLOSE;
    case U_SB_SP:
    case U_SB_SEP:
    case U_SB_CR:
    case U_SB_LF: return CICU_SENTENCE_SPACE;
    case U_SB_SCONTINUE: return CICU_SENTENCE_CONTINUE;
    case U_SB_LOWER: return CICU_SENTENCE_LOWER;
    case U_SB_UPPER: return CICU_SENTENCE_UPPER;
    case U_SB_OLETTER: return CICU_SENTENCE_LETTER;
    case U_SB_NUMERIC: return CICU_SENTENCE_NUMERIC;
    case U_SB_EXTEND:
    case U_SB_FORMAT: return CICU_SENTENCE_EXTEND;
    default: return CICU_SENTENCE_OTHER;
  }
}

static UBool extends_word(UChar32 scalar) {
  switch (u_getIntPropertyValue(scalar, UCHAR_WORD_BREAK)) {
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: return 1;
    default: return 0;
  }
}

static UBool is_unspaced(UChar32 scalar) {
  static const UScriptCode scripts[] = {
      USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
      USCRIPT_LAO, USCRIPT_KHMER,    USCRIPT_MYANMAR};
  for (size_t index = 0; index < sizeof scripts / sizeof *scripts; index++) {
    if (uscript_hasScript(scalar, scripts[index])) return 1;
  }
  return 0;
}

static uint16_t traits_of(UChar32 scalar) {
  uint16_t traits = sentence_class(scalar);
  uint32_t category = U_GET_GC_MASK(scalar);
  if (category & (U_GC_L_MASK | U_GC_N_MASK)) traits |= CICU_LETTER_OR_NUMBER;
  // Latin-1 has two emoji, the signs for copyright and registered, which nobody looks for.
  if ((category & U_GC_SO_MASK) && scalar > 0xFF && u_hasBinaryProperty(scalar, UCHAR_EMOJI)) {
    traits |= CICU_EMOJI;
  }
  if (u_isUWhiteSpace(scalar)) traits |= CICU_WHITE_SPACE;
  if (extends_word(scalar)) traits |= CICU_EXTENDS;
  // Some vowel signs of Burmese are characters of their own.
  UBool is_character =
      (category & (U_GC_L_MASK | U_GC_NL_MASK)) ||
      ((category & U_GC_MC_MASK) &&
       u_getIntPropertyValue(scalar, UCHAR_GRAPHEME_CLUSTER_BREAK) == U_GCB_OTHER);
  if (is_character && is_unspaced(scalar)) {
    traits |= CICU_UNSPACED;
    if (uscript_hasScript(scalar, USCRIPT_KATAKANA)) traits |= CICU_KATAKANA;
  }
  return traits;
}

void cicu_traits(uint32_t first, int32_t count, uint16_t *traits) {
  for (int32_t index = 0; index < count; index++) {
    traits[index] = traits_of((UChar32)(first + (uint32_t)index));
  }
}

int32_t cicu_sentence_exceptions(char *utf8, int32_t capacity, int32_t *code) {
  UErrorCode status = U_ZERO_ERROR;
  UResourceBundle *locale = ures_open(U_ICUDATA_NAME "-brkitr", "en", &status);
  UResourceBundle *exceptions = ures_getByKey(locale, "exceptions", NULL, &status);
  UResourceBundle *list = ures_getByKey(exceptions, "SentenceBreak", NULL, &status);
  int32_t total = 0;
  int32_t size = U_SUCCESS(status) ? ures_getSize(list) : 0;
  for (int32_t index = 0; index < size && U_SUCCESS(status); index++) {
    int32_t units = 0;
    const UChar *text = ures_getStringByIndex(list, index, &units, &status);
    int32_t room = capacity > total ? capacity - total : 0;
    int32_t length = 0;
    UErrorCode conversion = U_ZERO_ERROR;
    u_strToUTF8(room > 0 ? utf8 + total : NULL, room, &length, text, units, &conversion);
    if (conversion != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(conversion)) status = conversion;
    total += length;
    if (total < capacity) utf8[total] = '\n';
    total += 1;
  }
  ures_close(list);
  ures_close(exceptions);
  ures_close(locale);
  *code = status;
  return total;
}

int32_t cicu_folded_prefix(const uint16_t *text, int32_t count, int32_t *code) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *folding = unorm2_getNFKCCasefoldInstance(&status);
  int32_t length = unorm2_spanQuickCheckYes(folding, text, count, &status);
  *code = status;
  return length;
}

/// Where the piece that starts at `from` ends: at the next place where a normalization may be cut.
static int32_t piece_end(
    const UNormalizer2 *folding, const uint16_t *text, int32_t from, int32_t count) {
  int32_t index = from;
  UChar32 scalar;
  U16_NEXT(text, index, count, scalar);
  while (index < count) {
    int32_t next = index;
    U16_NEXT(text, next, count, scalar);
    if (unorm2_hasBoundaryBefore(folding, scalar)) break;
    index = next;
  }
  return index;
}

int32_t cicu_fold(
    const uint16_t *text, int32_t count, uint16_t *folded, int32_t *starts, int32_t *ends,
    int32_t capacity, int32_t *code) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *folding = unorm2_getNFKCCasefoldInstance(&status);
  int32_t length = 0;
  int32_t index = 0;
  while (index < count && U_SUCCESS(status)) {
    int32_t unchanged = unorm2_spanQuickCheckYes(folding, text + index, count - index, &status);
    for (int32_t end = index + unchanged; index < end; index++, length++) {
      if (length >= capacity) continue;
      folded[length] = text[index];
      starts[length] = index;
      ends[length] = index + 1;
    }
    if (index >= count || U_FAILURE(status)) break;

    int32_t end = piece_end(folding, text, index, count);
    int32_t room = capacity > length ? capacity - length : 0;
    int32_t produced = unorm2_normalize(
        folding, text + index, end - index, room > 0 ? folded + length : NULL, room, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR || status == U_STRING_NOT_TERMINATED_WARNING) {
      status = U_ZERO_ERROR;
    }
    for (int32_t unit = 0; unit < produced; unit++, length++) {
      if (length >= capacity) continue;
      starts[length] = index;
      ends[length] = end;
    }
    index = end;
  }
  *code = status;
  return length;
}

uint32_t cicu_base(uint32_t scalar) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *canonical = unorm2_getNFDInstance(&status);
  UChar decomposition[16];
  int32_t count = unorm2_getDecomposition(canonical, (UChar32)scalar, decomposition, 16, &status);
  if (U_FAILURE(status) || count <= 0) return scalar;
  int32_t index = 0;
  UChar32 base;
  U16_NEXT(decomposition, index, count, base);
  while (index < count) {
    UChar32 mark;
    U16_NEXT(decomposition, index, count, mark);
    if (u_charType(mark) != U_NON_SPACING_MARK) return scalar;
  }
  return (uint32_t)base;
}

// The opaque types are ICU's own, under other names.

cicu_breaker *cicu_words_open(int32_t *code) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
  *code = status;
  return (cicu_breaker *)iterator;
}

cicu_breaker *cicu_sentences_open(const char *locale, int32_t *code) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, locale, NULL, 0, &status);
  *code = status;
  return (cicu_breaker *)iterator;
}

void cicu_breaker_close(cicu_breaker *breaker) {
  if (breaker != NULL) ubrk_close((UBreakIterator *)breaker);
}

int32_t cicu_breaker_ends(
    cicu_breaker *breaker, const uint16_t *text, int32_t count, int32_t *ends, int32_t capacity,
    int32_t *code) {
  UBreakIterator *iterator = (UBreakIterator *)breaker;
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(iterator, text, count, &status);
  int32_t produced = 0;
  if (U_SUCCESS(status)) {
    ubrk_first(iterator);
    for (int32_t end = ubrk_next(iterator); end != UBRK_DONE; end = ubrk_next(iterator)) {
      if (produced < capacity) ends[produced] = end;
      produced++;
    }
  }
  *code = status;
  return produced;
}
