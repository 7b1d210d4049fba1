#!/usr/bin/env bash
# The long tests of clusters: what goes wrong on them, on a real Slurm that they start and end. Takes some ten minutes; needs root, slurm-wlm and munge, and ../shared/slurm.
set -euo pipefail
cd "$(dirname "$0")/.."
export EIGENSCOPE_REQUIRE_CLUSTER=1
dotnet build -c Release -v quiet --nologo tests/Eigenscope.EndToEnd
exec dotnet run -c Release --no-build --project tests/Eigenscope.EndToEnd -- -noLogo -explicit on -namespace "Eigenscope.EndToEnd.Cluster*" "$@"
