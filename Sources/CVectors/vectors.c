// The vector primitives are all inline, in include/vectors.h; a C target needs one source file.
#include "vectors.h"
