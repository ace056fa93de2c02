// ICU's detection and conversion of character sets, from libicu-dev, behind an opaque C interface.
//
// No ICU header or type is visible here: Foundation carries an ICU of its own, and a module that
// shows both sets of headers to the compiler does not build.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A guess at the character set of some bytes.
typedef struct {
  char name[32];
  /// From 0 to 100.
  int32_t confidence;
} ev_charset;

/// Stores at most `capacity` guesses, the best first, and returns how many.
///
/// Only the first few thousand bytes are looked at. With `is_markup`, what is between `<` and `>`
/// is not.
int32_t ev_charset_detect(
    const uint8_t *bytes, int32_t count, bool is_markup, ev_charset *found, int32_t capacity);

/// The conversion of one text from one character set; used by one thread at a time.
typedef struct ev_decoder ev_decoder;

/// A decoder of the character set of this name, or null where ICU knows none.
ev_decoder *ev_decoder_new(const char *name);

/// Gives the decoder's memory back.
void ev_decoder_free(ev_decoder *decoder);

/// Stores ICU's own name of the decoder's character set, cut off behind `capacity - 1` bytes.
void ev_decoder_name(const ev_decoder *decoder, char *name, size_t capacity);

/// A place from which on bytes of the text and of the file count alike, until the next such place.
typedef struct {
  size_t text;
  size_t file;
} ev_anchor;

/// What a call of `ev_decode` did.
typedef struct {
  /// Bytes of the file that were used up, and bytes of the text that were written.
  size_t read, written;
  size_t anchors;
  /// How many U+FFFD were written, most of them for bytes that mean nothing.
  size_t replacements;
  /// Whether the end of the file was reached and all of it is written.
  bool is_finished;
} ev_decoded;

/// Decodes on: the bytes are all that is left of the file.
///
/// Stops where fewer than four bytes of `text` are free, or no anchor. An anchor is stored behind
/// each scalar that takes another number of bytes in UTF-8 than in the file; both its places count
/// from the start of this call.
ev_decoded ev_decode(
    ev_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *text, size_t capacity,
    ev_anchor *anchors, size_t anchor_capacity);

#ifdef __cplusplus
}
#endif
