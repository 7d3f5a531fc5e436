throw UsageError("E0502", "of the command line");
