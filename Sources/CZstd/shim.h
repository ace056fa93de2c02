// zstd, from libzstd-dev: the compression of stored text.
#pragma once
#include <zstd.h>
