// libxml2, from libxml2-dev. Nothing of it is declared here: only the C file of CXML sees its headers,
// and this module is there so that the package manager finds them.
#pragma once
