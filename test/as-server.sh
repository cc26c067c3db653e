#!/usr/bin/env bash
# Runs a command as the user who may run the server, for the programs that can only start another program.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/../scripts/common.sh"
as_server "$@"
