// malloc.h of glibc, which Swift's own module leaves out: giving free memory back to the system.
#pragma once
#include <malloc.h>
