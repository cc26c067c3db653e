/*
 * plain_quick.h
 *		src/core/quick.c once more, without SSE2, under other names: both must
 *		say the same on any machine.  Include it last.
 */
#ifndef BYUDV_NO_SIMD
#define BYUDV_NO_SIMD
#endif
#define byudv_quick_build	plain_quick_build
#define byudv_quick_classify	plain_quick_classify
#include "core/quick.c"
#undef byudv_quick_build
#undef byudv_quick_classify
