// ICU for Swift: batches of work over plain integers.
//
// No ICU header or type is visible here. Foundation carries an ICU of its own, and a module that
// shows both sets of headers to the compiler does not build.
//
// Texts are UTF-16, counted in code units. A function that can fail stores a UErrorCode in `code`:
// above zero is a failure, and what was returned then means nothing.

#ifndef EVSEARCH_CICU_H
#define EVSEARCH_CICU_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of the ICU library in use, four numbers.
void cicu_icu_version(uint8_t version[4]);

/// The version of Unicode that the library knows, four numbers.
void cicu_unicode_version(uint8_t version[4]);

// What `cicu_traits` says of a scalar: its sentence break class in the low four bits, and flags.

enum {
  CICU_SENTENCE_CLASS = 0x0F,
  CICU_LETTER_OR_NUMBER = 0x10,  // general category L or N
  CICU_EMOJI = 0x20,             // a symbol that is an emoji
  CICU_WHITE_SPACE = 0x40,
  CICU_EXTENDS = 0x80,           // belongs to the scalar in front of it when words are cut
  CICU_UNSPACED = 0x100,         // a letter of a script that has no spaces between words
  CICU_KATAKANA = 0x200,         // such a letter of Katakana

  CICU_SENTENCE_OTHER = 0,
  CICU_SENTENCE_ATERM = 1,
  CICU_SENTENCE_STERM = 2,
  CICU_SENTENCE_CLOSE = 3,
  CICU_SENTENCE_SPACE = 4,       // also what ICU calls Sep, CR and LF
  CICU_SENTENCE_CONTINUE = 5,
  CICU_SENTENCE_LOWER = 6,
  CICU_SENTENCE_UPPER = 7,
  CICU_SENTENCE_LETTER = 8,
  CICU_SENTENCE_NUMERIC = 9,
  CICU_SENTENCE_EXTEND = 10      // also what ICU calls Format
};

/// Stores the traits of `count` consecutive scalars.
void cicu_traits(uint32_t first, int32_t count, uint16_t *traits);

/// Stores the abbreviations after which an English sentence goes on, as UTF-8, a line feed after each.
///
/// Returns their length in bytes, which may be above `capacity`; then nothing was stored past it.
int32_t cicu_sentence_exceptions(char *utf8, int32_t capacity, int32_t *code);

/// The length of the longest prefix that NFKC_Casefold leaves as it is, up to a safe place.
int32_t cicu_folded_prefix(const uint16_t *text, int32_t count, int32_t *code);

/// Folds a text with NFKC_Casefold, and says where each code unit of the result comes from.
///
/// `starts[i]..<ends[i]` are the code units of `text` that unit `i` was made of. Returns the length
/// of the result, which may be above `capacity`; then call again with room for as many.
int32_t cicu_fold(
    const uint16_t *text, int32_t count, uint16_t *folded, int32_t *starts, int32_t *ends,
    int32_t capacity, int32_t *code);

/// The scalar that a letter is without its marks: the first of its canonical decomposition, where the
/// others are marks; else the scalar itself.
uint32_t cicu_base(uint32_t scalar);

/// A break iterator, kept for the sake of its caches. For one thread at a time.
typedef struct cicu_breaker cicu_breaker;

/// Opens a word break iterator of the root locale, or returns NULL.
cicu_breaker *cicu_words_open(int32_t *code);

/// Opens the sentence break iterator of `locale`, or returns NULL.
cicu_breaker *cicu_sentences_open(const char *locale, int32_t *code);

/// Closes an iterator; NULL is allowed.
void cicu_breaker_close(cicu_breaker *breaker);

/// Stores where the pieces of a text end, in ascending order; the last is `count`.
///
/// Returns how many there are. At most `capacity` are stored; `count` are always enough.
int32_t cicu_breaker_ends(
    cicu_breaker *breaker, const uint16_t *text, int32_t count, int32_t *ends, int32_t capacity,
    int32_t *code);

#ifdef __cplusplus
}
#endif

#endif
