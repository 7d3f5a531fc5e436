ProgramCode{"E0502", "used"},
