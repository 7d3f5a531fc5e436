inline double f(double x) { return std::exp(x); } // core is where they come from
