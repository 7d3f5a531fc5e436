error("E0101", "one that is explained");
error("E0999", "one that is not");
