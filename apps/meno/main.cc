#include "cli/command.h"

int main(int argc, char** argv) { return meno::run_program(argc, argv); }
