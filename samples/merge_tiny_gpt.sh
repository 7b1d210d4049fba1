#!/bin/sh
# Fine-tunes samples/tiny-gpt on two texts, merges both fine-tunes by several methods, and prints the loss of every model on all three texts.
#
#     apt-get install python3-torch bible-kjv
#     dotnet build -c Release
#     samples/merge_tiny_gpt.sh /tmp/merges
#
# The texts are modules of Python's library (code) and licences (laws), as Debian installs them. Takes about ten minutes on two cores.
set -eu
out=${1:?a folder is wanted}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
tool="$here/../src/Eigenscope.Cli/bin/Release/net10.0/eigenscope"
train="/usr/bin/python3 $here/train_tiny_gpt.py"
mkdir -p "$out"

python=$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_paths()["stdlib"])')
(cd "$python" && cat argparse.py ast.py asyncio/*.py calendar.py configparser.py csv.py dataclasses.py datetime.py difflib.py email/*.py fractions.py http/*.py inspect.py json/*.py \
    logging/*.py mailbox.py pathlib.py pdb.py pickle.py pydoc.py random.py shutil.py socket.py statistics.py subprocess.py tarfile.py typing.py unittest/*.py urllib/*.py zipfile.py) > "$out/code.txt"
(cd /usr/share/common-licenses && cat Apache-2.0 Artistic GFDL-1.2 GFDL-1.3 GPL-1 GPL-2 GPL-3 LGPL-2 LGPL-2.1 LGPL-3 MPL-1.1 MPL-2.0) > "$out/laws.txt"

for text in code laws; do
    [ -d "$out/$text" ] || $train --out "$out" --name $text --from "$here/tiny-gpt" --text "$out/$text.txt" --steps 400 --batch 8 --peak-rate 3e-4
done

merge() {
    name=$1 method=$2 model=$3 whole=$4
    rm -rf "${out:?}/$name"
    cat > "$out/$name.yml" <<EOF
merge_method: $method
base_model: $here/tiny-gpt
models:
  - {model: $out/code, parameters: {$model}}
  - {model: $out/laws, parameters: {$model}}
parameters: {$whole}
EOF
    "$tool" merge "$out/$name.yml" "$out/$name" --quiet > "$out/$name.txt"
}

merge task_arithmetic-half task_arithmetic 'weight: 0.5' ''
merge task_arithmetic task_arithmetic 'weight: 1' ''
merge ties ties 'weight: 1, density: 0.5' ''
merge star star '' 'eta: 40'
merge tsv_m tsv_m '' ''
merge spectral_aware spectral_aware 'weight: 1' ''

cd "$out"
$train --evaluate "$here/tiny-gpt" code laws task_arithmetic-half task_arithmetic ties star tsv_m spectral_aware --on code.txt laws.txt
