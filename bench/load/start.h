// A whole district presses Start: so many students, each on a connection of their own, ask for what
// to practise within one second.
#pragma once

#include <string>

/// Enrols the students, lets them ask, and prints one JSON document: requests, refused (by status,
/// by the connection, or not answered within 30 s), p50, p99 and the worst, from the moment each
/// should have connected to the whole reply. 0 when nobody was refused.
int press_start(int port, const std::string& course, int students);
