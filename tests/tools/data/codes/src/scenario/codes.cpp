CodeExplanation{"E0101", "used"},
CodeExplanation{"E0102", "given by nobody"},
