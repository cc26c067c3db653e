# R as a long-lived peer: reads code from standard input up to a line that holds
# a single dot, evaluates it, answers with the value (one element a line) and a
# line "ok <milliseconds>" or "error <message>". Objects stay from one request to
# the next, so that data are read once.
#
# Arguments: packages to attach.

one_line <- function(text) gsub("[[:space:]]+", " ", paste(text, collapse = " "))

input <- file("stdin", encoding = "UTF-8")
open(input)
attached <- try(for (package in commandArgs(trailingOnly = TRUE))
  suppressPackageStartupMessages(library(package, character.only = TRUE)), silent = TRUE)
if (inherits(attached, "try-error")) {
  cat("error ", one_line(attached), "\n", sep = "")
  quit(status = 1)
}
cat("ok ", as.character(getRversion()), "\n", sep = "")

code <- character(0)
while (length(line <- readLines(input, 1)) > 0) {
  if (line != ".") {
    code <- c(code, line)
    next
  }
  value <- NULL
  elapsed <- try(system.time(value <- eval(parse(text = code), globalenv()))[["elapsed"]], silent = TRUE)
  if (inherits(elapsed, "try-error")) {
    cat("error ", one_line(elapsed), "\n", sep = "")
  } else {
    if (is.atomic(value)) writeLines(as.character(value))
    cat(sprintf("ok %.3f\n", elapsed * 1000))
  }
  code <- character(0)
}
