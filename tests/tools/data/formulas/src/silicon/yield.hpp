// not std::exp(x)
template <class R> R f(R x) { return exp(x) + std::sqrt(x); }
template <class R> R g(R x) { return 1.0 - std::exp(x); }
inline double h(double x) { return ::pow (x, 2.0); }
