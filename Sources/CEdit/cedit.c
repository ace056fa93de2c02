#define _GNU_SOURCE
#include "cedit.h"

#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ev_edit {
  EditLine *line;
  History *history;
  FILE *input, *output, *errors;
  char *program, *prompt;
  struct sigaction former;
  int has_former;
};

static volatile sig_atomic_t was_interrupted;

static void note_interrupt(int signal) {
  (void)signal;
  was_interrupted = 1;
}

static char *prompt_of(EditLine *line) {
  ev_edit *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor->prompt;
}

// libedit decodes its input with the locale, and drops what the C locale cannot decode.
static void use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static FILE *duplicate(int descriptor, const char *mode) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (file == NULL) close(copy);
  return file;
}

ev_edit *ev_edit_make(
    const char *program, const char *prompt, int input, int output, int errors,
    int history_limit) {
  use_utf8();
  ev_edit *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->program = strdup(program);
  editor->prompt = strdup(prompt);
  editor->input = duplicate(input, "r");
  editor->output = duplicate(output, "w");
  editor->errors = duplicate(errors, "w");
  editor->history = history_init();
  if (editor->program == NULL || editor->prompt == NULL || editor->input == NULL ||
      editor->output == NULL || editor->errors == NULL || editor->history == NULL) {
    ev_edit_free(editor);
    return NULL;
  }
  editor->line = el_init(editor->program, editor->input, editor->output, editor->errors);
  if (editor->line == NULL) {
    ev_edit_free(editor);
    return NULL;
  }

  HistEvent event;
  history(editor->history, &event, H_SETSIZE, history_limit);
  el_set(editor->line, EL_CLIENTDATA, editor);
  el_set(editor->line, EL_PROMPT, prompt_of);
  el_set(editor->line, EL_HIST, history, editor->history);
  el_set(editor->line, EL_EDITOR, "emacs");
  el_set(editor->line, EL_BIND, "^R", "em-inc-search-prev", NULL);
  // A person's own ~/.editrc comes last, so that it wins.
  el_source(editor->line, NULL);
  // libedit restores the terminal on a signal, redraws after a stop and follows the window's size;
  // then it hands the signal on, to note_interrupt if it is SIGINT.
  el_set(editor->line, EL_SIGNAL, 1);

  // No SA_RESTART: the read has to end, or the line would stay.
  struct sigaction action = {0};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  editor->has_former = sigaction(SIGINT, &action, &editor->former) == 0;
  return editor;
}

void ev_edit_free(ev_edit *editor) {
  if (editor->has_former) sigaction(SIGINT, &editor->former, NULL);
  if (editor->line != NULL) el_end(editor->line);
  if (editor->history != NULL) history_end(editor->history);
  if (editor->input != NULL) fclose(editor->input);
  if (editor->output != NULL) fclose(editor->output);
  if (editor->errors != NULL) fclose(editor->errors);
  free(editor->prompt);
  free(editor->program);
  free(editor);
}

enum ev_edit_status ev_edit_read(ev_edit *editor, const char **line, int *count) {
  *line = NULL;
  *count = 0;
  was_interrupted = 0;
  int length = 0;
  errno = 0;
  const char *text = el_gets(editor->line, &length);
  int error = errno;
  if (was_interrupted) {
    // The cursor is still on the dropped line.
    fputc('\n', editor->output);
    fflush(editor->output);
    return EV_EDIT_INTERRUPTED;
  }
  if (text == NULL || length <= 0) {
    // A terminal whose other side is gone reads as an error; for a session that is the end.
    return length == 0 || error == EIO ? EV_EDIT_END : EV_EDIT_ERROR;
  }
  if (text[length - 1] == '\n') length -= 1;
  *line = text;
  *count = length;
  return EV_EDIT_LINE;
}

void ev_edit_remember(ev_edit *editor, const char *line) {
  HistEvent event;
  history(editor->history, &event, H_ENTER, line);
}

void ev_edit_forget(ev_edit *editor) {
  HistEvent event;
  history(editor->history, &event, H_CLEAR);
}
