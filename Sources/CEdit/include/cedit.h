// An input line with editing and history, through libedit. No type of libedit is visible here.
#pragma once

#pragma clang assume_nonnull begin

// An editor on three file descriptors, with a history in memory.
typedef struct ev_edit ev_edit;

// How reading a line ended.
enum ev_edit_status {
  EV_EDIT_LINE,         // a line was entered
  EV_EDIT_END,          // the input has ended
  EV_EDIT_INTERRUPTED,  // Ctrl-C dropped the line
  EV_EDIT_ERROR,        // the descriptor cannot be read
};

// Makes an editor, or returns NULL when there is no memory or a descriptor is not open.
//
// The descriptors are duplicated; the caller keeps its own. `prompt` and `program` are copied. From
// here to ev_edit_free, Ctrl-C does not end the process: there can be one editor at a time.
ev_edit *_Nullable ev_edit_make(
    const char *program, const char *prompt, int input, int output, int errors, int history_limit);

// Frees the editor and gives SIGINT back its former meaning.
void ev_edit_free(ev_edit *editor);

// Reads one line. `*line` is UTF-8 of `*count` bytes without the line feed; it stays until the next
// call.
enum ev_edit_status ev_edit_read(
    ev_edit *editor, const char *_Nullable *_Nonnull line, int *count);

// Adds a line to the end of the history.
void ev_edit_remember(ev_edit *editor, const char *line);

// What Tab does to a line. The texts are allocated with malloc; the editor frees them.
struct ev_edit_completion {
  int erased;                 // characters in front of the cursor that go
  char *_Nullable inserted;   // what is inserted then
  char *_Nullable listed;     // what is shown below the line; lines with line feeds between them
};

// Completes the text in front of the cursor, which is UTF-8 of `count` bytes.
typedef struct ev_edit_completion (*ev_edit_completer)(
    void *_Nullable context, const char *text, int count);

// Sets what Tab does.
void ev_edit_set_completer(
    ev_edit *editor, ev_edit_completer _Nullable completer, void *_Nullable context);

// Empties the history.
void ev_edit_forget(ev_edit *editor);

#pragma clang assume_nonnull end
