//! A course package as a safe tree of entries over its bytes: checks, names, index, framing
