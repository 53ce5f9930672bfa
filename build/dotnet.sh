# shellcheck shell=bash
# Sourced by ./run and ./test: the .NET SDK, quiet and leaving no process behind.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

# require_dotnet WHO: ends the script with one line when the SDK is missing.
require_dotnet() {
  local sdks=''
  if command -v dotnet >/dev/null; then sdks=$(dotnet --list-sdks 2>/dev/null || true); fi
  [[ $'\n'$sdks == *$'\n'10.* ]] && return
  printf '%s: the .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download or with the system'\''s packages (dotnet-sdk-10.0).\n' "$1" >&2
  exit 1
}

# build_errors LOG: the errors of a build, each once; the log's end when there is none to be found.
build_errors() {
  local errors
  errors=$(grep -E '(^|[ :])error( [A-Z]+[0-9]*)?:' "$1" | sed -E 's/ \[[^]]*proj(::[^]]*)?\]$//' | sort -u || true)
  printf '%s\n' "${errors:-$(tail -n 20 "$1")}" >&2
}
