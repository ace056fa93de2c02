// cmark-gfm, from libcmark-gfm-dev and libcmark-gfm-extensions-dev: where the blocks and the words of
// a Markdown file are. The second library is there for tables.
#pragma once
#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>
