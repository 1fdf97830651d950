// Ctrl-C as a question that long work asks: it stops at the next safe point and leaves a
// checkpoint.
#pragma once

namespace meno {

/// Installs handlers for SIGINT and SIGTERM that set the flag; a second signal ends the process at
/// once.
void catch_interrupts();

/// True once a signal has arrived.
bool interrupted();

/// Sets or clears the flag, for tests and for the server's shutdown.
void set_interrupted(bool value);

}  // namespace meno
