#!/usr/bin/env bash
# Prints a clang that can link a libFuzzer program with AddressSanitizer, or exits 1. The run-time library is a package of its own, so try.
for cc in clang clang-{25..14}; do
    command -v "$cc" >/dev/null 2>&1 || continue
    if echo 'int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return d && n > 99999999; }' |
        "$cc" -x c -fsanitize=fuzzer,address,undefined -o /dev/null - 2>/dev/null; then
        echo "$cc"
        exit 0
    fi
done
exit 1
