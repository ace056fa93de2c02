// The input line, through libedit: what it leaves to a program about signals, characters and history.
#define _GNU_SOURCE
#include "cedit.h"

#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

struct ev_edit {
  EditLine *line;
  History *history;
  FILE *input, *output, *errors;
  char *program, *prompt;
  struct sigaction former;
  int has_former;
  int is_at_end;
  // The bytes of a character of which not all have come yet.
  mbstate_t partial;
  ev_edit_completer completer;
  void *completer_context;
  int pastes;
};

static volatile sig_atomic_t was_interrupted, was_resized;

static void note_signal(int signal) {
  if (signal == SIGINT) was_interrupted = 1;
  if (signal == SIGWINCH) was_resized = 1;
}

// No SA_RESTART: waiting for a key has to end, or the line would stay.
static int catch(int signal, struct sigaction *former) {
  struct sigaction action = {0};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  return sigaction(signal, &action, former);
}

static ev_edit *editor_of(EditLine *line) {
  ev_edit *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor;
}

static char *prompt_of(EditLine *line) {
  return editor_of(line)->prompt;
}

// Reads one byte, and gives way to SIGINT only while it waits: 1, 0 at the end, -1 with errno.
//
// SIGINT is blocked all the while elsewhere in ev_edit_read. So it cannot come between two reads,
// where nothing would end the next one.
static int read_byte(EditLine *line, int descriptor, char *byte) {
  sigset_t open;
  pthread_sigmask(SIG_SETMASK, NULL, &open);
  sigdelset(&open, SIGINT);
  struct pollfd waiting = {.fd = descriptor, .events = POLLIN};
  for (;;) {
    if (was_interrupted) {
      errno = EINTR;
      return -1;
    }
    if (ppoll(&waiting, 1, NULL, &open) >= 0) {
      ssize_t count = read(descriptor, byte, 1);
      if (count >= 0) return (int)count;
      if (errno != EINTR && errno != EAGAIN) return -1;
    } else if (errno != EINTR) {
      return -1;
    } else if (was_resized) {
      was_resized = 0;
      el_resize(line);
    } else if (!was_interrupted) {
      // The program was stopped and goes on: below what the shell has printed meanwhile.
      el_set(line, EL_REFRESH);
    }
  }
}

// Reads one character for libedit.
static int read_character(EditLine *line, wchar_t *character) {
  ev_edit *editor = editor_of(line);
  // libedit has set handlers of its own: they would send the signal on to the whole process group,
  // and see to one change of size only.
  catch(SIGINT, NULL);
  catch(SIGWINCH, NULL);
  int descriptor = fileno(editor->input);
  for (;;) {
    char byte;
    int count = read_byte(line, descriptor, &byte);
    if (count == 0) editor->is_at_end = 1;
    if (count <= 0) return count;
    size_t length = mbrtowc(character, &byte, 1, &editor->partial);
    if (length == (size_t)-2) continue;
    if (length != (size_t)-1) return 1;
    // Not UTF-8: the byte may begin a character; what came before it is dropped.
    memset(&editor->partial, 0, sizeof editor->partial);
    length = mbrtowc(character, &byte, 1, &editor->partial);
    if (length == 0 || length == 1) return 1;
    if (length == (size_t)-1) memset(&editor->partial, 0, sizeof editor->partial);
  }
}

// Tab: erases, inserts and lists what the program says.
static unsigned char complete(EditLine *line, int key) {
  (void)key;
  ev_edit *editor = editor_of(line);
  if (editor->completer == NULL) return CC_ERROR;
  const LineInfo *info = el_line(line);
  struct ev_edit_completion completion = editor->completer(
      editor->completer_context, info->buffer, (int)(info->cursor - info->buffer));
  unsigned char result = CC_ERROR;
  if (completion.erased > 0 || completion.inserted != NULL) {
    if (completion.erased > 0) el_deletestr(line, completion.erased);
    if (completion.inserted != NULL) el_insertstr(line, completion.inserted);
    result = CC_REFRESH;
  }
  if (completion.listed != NULL) {
    fprintf(editor->output, "\n%s\n", completion.listed);
    fflush(editor->output);
    result = CC_REDISPLAY;
  }
  free(completion.inserted);
  free(completion.listed);
  return result;
}

// What is pasted comes between two sequences: its line ends are spaces and end no line.
static unsigned char paste(EditLine *line, int key) {
  (void)key;
  static const char end[] = "\033[201~";
  char text[4096];
  size_t count = 0;
  ev_edit *editor = editor_of(line);
  int descriptor = fileno(editor->input);
  for (;;) {
    char byte;
    if (read_byte(line, descriptor, &byte) <= 0) break;
    if (byte == '\n' || byte == '\r' || byte == '\t') byte = ' ';
    // More than fits is dropped: no query is that long.
    if (count == sizeof text - 1) {
      memmove(text + count - sizeof end, text + count - sizeof end + 1, sizeof end - 1);
      count -= 1;
    }
    text[count++] = byte;
    if (count >= sizeof end - 1 && memcmp(text + count - sizeof end + 1, end, sizeof end - 1) == 0) {
      count -= sizeof end - 1;
      break;
    }
  }
  size_t kept = 0;
  for (size_t index = 0; index < count; index += 1) {
    if ((unsigned char)text[index] >= 0x20 && text[index] != 0x7F) text[kept++] = text[index];
  }
  text[kept] = 0;
  return el_insertstr(line, text) == 0 ? CC_REFRESH : CC_ERROR;
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
  el_set(editor->line, EL_GETCFN, read_character);
  el_set(editor->line, EL_HIST, history, editor->history);
  el_set(editor->line, EL_EDITOR, "emacs");
  el_set(editor->line, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_set(editor->line, EL_ADDFN, "ev-complete", "Complete the word", complete);
  el_set(editor->line, EL_BIND, "^I", "ev-complete", NULL);
  el_set(editor->line, EL_ADDFN, "ev-paste", "Insert what is pasted", paste);
  el_set(editor->line, EL_BIND, "\033[200~", "ev-paste", NULL);
  const char *terminal = getenv("TERM");
  editor->pastes = isatty(output) && terminal != NULL && strcmp(terminal, "dumb") != 0;
  // A person's own ~/.editrc comes last, so that it wins.
  el_source(editor->line, NULL);
  // libedit restores the terminal when the program is stopped or ended by a signal.
  el_set(editor->line, EL_SIGNAL, 1);
  // After a signal the terminal would throw away what is not shown yet, and that can be the new
  // prompt; ev_edit_read throws away the keys itself.
  el_set(editor->line, EL_SETTY, "-d", "+noflsh", NULL);
  editor->has_former = catch(SIGINT, &editor->former) == 0;
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
  editor->is_at_end = 0;
  memset(&editor->partial, 0, sizeof editor->partial);
  sigset_t interrupt, former;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, &former);
  int length = 0;
  if (editor->pastes) fputs("\033[?2004h", editor->output);
  errno = 0;
  const char *text = el_gets(editor->line, &length);
  int error = errno;
  if (editor->pastes) {
    fputs("\033[?2004l", editor->output);
    fflush(editor->output);
  }
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  if (text != NULL && length > 0) {
    if (text[length - 1] == '\n') length -= 1;
    *line = text;
    *count = length;
    return EV_EDIT_LINE;
  }
  if (was_interrupted) {
    // Keys in front of Ctrl-C belong to the line that it drops; the cursor is still on that line.
    tcflush(fileno(editor->input), TCIFLUSH);
    fputc('\n', editor->output);
    fflush(editor->output);
    return EV_EDIT_INTERRUPTED;
  }
  // A terminal whose other side is gone reads as an error; for a session that is the end.
  return editor->is_at_end || length == 0 || error == EIO ? EV_EDIT_END : EV_EDIT_ERROR;
}

void ev_edit_remember(ev_edit *editor, const char *line) {
  HistEvent event;
  history(editor->history, &event, H_ENTER, line);
}

void ev_edit_set_completer(ev_edit *editor, ev_edit_completer completer, void *context) {
  editor->completer = completer;
  editor->completer_context = context;
}

void ev_edit_forget(ev_edit *editor) {
  HistEvent event;
  history(editor->history, &event, H_CLEAR);
}
