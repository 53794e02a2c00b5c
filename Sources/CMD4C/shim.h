#include <md4c.h>

/// Macros made of others, which Swift does not import.
enum { fleet_md_flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML };
