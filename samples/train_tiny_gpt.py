#!/usr/bin/env python3
"""Train the sample model of this folder: a small GPT-2 on the King James Bible, byte by byte, on a CPU.

    apt-get install python3-torch bible-kjv
    /usr/bin/python3 samples/train_tiny_gpt.py --out samples

writes tiny-gpt-step0/ (the random initial weights), tiny-gpt/ (the trained ones) and tiny-gpt/training.csv (the loss
curve). Both folders hold config.json and model.safetensors in the layout that Hugging Face uses for GPT-2: the names
are transformer.h.N.attn.c_attn.weight and so on, linear layers are stored [in, out], the unembedding is tied to wte.
The text is in the public domain. The seed is fixed; another version of PyTorch may still round differently.

    /usr/bin/python3 samples/train_tiny_gpt.py --out /tmp --name deep --blocks 8
    /usr/bin/python3 samples/train_tiny_gpt.py --out /tmp --name kill --from samples/tiny-gpt --repeat "KILL " --steps 100

train a deeper one, and go on from the weights of a folder with another text. What the model writes is printed before
and after, and kept in continuation.json beside the weights.

    /usr/bin/python3 samples/train_tiny_gpt.py --evaluate samples/tiny-gpt /tmp/merged --on code.txt laws.txt

prints the loss of each folder on the held-out end of the Bible and of each text, as a table.
"""
import argparse
import csv
import json
import math
import pathlib
import re
import struct
import subprocess
import time

import torch
from torch import nn
from torch.nn import functional as F

CONFIG = {
    "architectures": ["GPT2LMHeadModel"],
    "model_type": "gpt2",
    "vocab_size": 256,
    "n_positions": 128,
    "n_embd": 256,
    "n_layer": 4,
    "n_head": 4,
    "n_inner": 1024,
    "activation_function": "gelu",
    "layer_norm_epsilon": 1e-5,
    "initializer_range": 0.02,
    "tie_word_embeddings": True,
    "torch_dtype": "float16",
}

PROMPTS = ["And God said, ", "The capital of France is "]


class Conv1D(nn.Module):
    """GPT-2's linear layer, stored as [in, out]."""

    def __init__(self, fan_in, fan_out, std):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(fan_in, fan_out) * std)
        self.bias = nn.Parameter(torch.zeros(fan_out))

    def forward(self, x):
        return F.linear(x, self.weight.t(), self.bias)


class Attention(nn.Module):
    def __init__(self, width, heads, std, residual_std):
        super().__init__()
        self.heads = heads
        self.c_attn = Conv1D(width, 3 * width, std)
        self.c_proj = Conv1D(width, width, residual_std)

    def forward(self, x, mask):
        batch, time_steps, width = x.shape
        q, k, v = (
            part.view(batch, time_steps, self.heads, -1).transpose(1, 2)
            for part in self.c_attn(x).split(width, dim=2)
        )
        scores = q @ k.transpose(-2, -1) / math.sqrt(width // self.heads)
        mixed = scores.masked_fill(mask, float("-inf")).softmax(-1) @ v
        return self.c_proj(mixed.transpose(1, 2).reshape(batch, time_steps, width))


class Mlp(nn.Module):
    def __init__(self, width, inner, std, residual_std):
        super().__init__()
        self.c_fc = Conv1D(width, inner, std)
        self.c_proj = Conv1D(inner, width, residual_std)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x)))


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, std = config["n_embd"], config["initializer_range"]
        residual_std = std / math.sqrt(2 * config["n_layer"])
        self.ln_1 = nn.LayerNorm(width)
        self.attn = Attention(width, config["n_head"], std, residual_std)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = Mlp(width, config["n_inner"], std, residual_std)

    def forward(self, x, mask):
        x = x + self.attn(self.ln_1(x), mask)
        return x + self.mlp(self.ln_2(x))


class TinyGpt(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, std = config["n_embd"], config["initializer_range"]
        self.wte = nn.Embedding(config["vocab_size"], width)
        self.wpe = nn.Embedding(config["n_positions"], width)
        nn.init.normal_(self.wte.weight, std=std)
        nn.init.normal_(self.wpe.weight, std=std)
        self.h = nn.ModuleList(Block(config) for _ in range(config["n_layer"]))
        self.ln_f = nn.LayerNorm(width)

    def forward(self, tokens):
        steps = tokens.shape[1]
        mask = torch.ones(steps, steps, dtype=torch.bool).triu(1)
        x = self.wte(tokens) + self.wpe.weight[:steps]
        for block in self.h:
            x = block(x, mask)
        return self.ln_f(x) @ self.wte.weight.t()


def read_text():
    """The whole text as bytes, one verse a line, without chapter and verse numbers."""
    verses = subprocess.run(["bible", "-f", "gen1:1-rev22:21"], stdout=subprocess.PIPE, check=True).stdout.decode("latin-1")
    lines = [re.sub(r"^\S+\d+:\d+ ", "", line) for line in verses.splitlines()]
    return tokens_of("\n".join(line for line in lines if line).encode("latin-1"))


def tokens_of(text):
    return torch.tensor(list(text), dtype=torch.long)


def training_text(options, bible):
    """What to train on: a word again and again, a file, or else the Bible without its held-out end."""
    if options.repeat:
        word = options.repeat.encode()
        return tokens_of(word * (10_000 // len(word) + 1))
    if options.text:
        return split(tokens_of(options.text.read_bytes()))[0]
    return bible


def split(text):
    """The part to train on, and the last 5 %, which are held out."""
    return text[: len(text) * 95 // 100], text[len(text) * 95 // 100 :]


def batch_of(text, size, context, generator):
    starts = torch.randint(len(text) - context - 1, (size,), generator=generator)
    window = torch.stack([text[s : s + context + 1] for s in starts])
    return window[:, :-1], window[:, 1:]


def loss_of(model, tokens, targets):
    return F.cross_entropy(model(tokens).flatten(0, 1), targets.flatten())


@torch.no_grad()
def validation_loss(model, text, context):
    """Mean cross-entropy in nats a byte over fixed windows of the held-out text."""
    generator = torch.Generator().manual_seed(1)
    losses = [loss_of(model, *batch_of(text, 16, context, generator)) for _ in range(8)]
    return float(torch.stack(losses).mean())


@torch.no_grad()
def continuation(model, prompt, context, length=64):
    """What the model writes after the prompt, always the likeliest byte next."""
    tokens = list(prompt.encode())
    for _ in range(length):
        tokens.append(int(model(torch.tensor([tokens[-context:]]))[0, -1].argmax()))
    return bytes(tokens[-length:]).decode("latin-1")


def continuations(model, context):
    written = {prompt: continuation(model, prompt, context) for prompt in PROMPTS}
    for prompt, text in written.items():
        print(f"{prompt!r} -> {text!r}", flush=True)
    return written


def load(model, folder):
    """The weights of a folder, float16 as save writes them or float32, into the model."""
    content = (folder / "model.safetensors").read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header, data = json.loads(content[8 : 8 + length]), bytearray(content[8 + length :])
    header.pop("__metadata__", None)
    state = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = torch.frombuffer(data[start:end], dtype={"F16": torch.float16, "F32": torch.float32}[entry["dtype"]])
        state[name[len("transformer.") :]] = values.view(entry["shape"]).float()
    model.load_state_dict(state)


def save(model, config, folder, note):
    """config.json and model.safetensors (float16) in Hugging Face's GPT-2 layout."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    header, blobs, offset = {"__metadata__": {"format": "pt", "note": note}}, [], 0
    for name, tensor in sorted(model.state_dict().items()):
        blob = tensor.to(torch.float16).contiguous().numpy().tobytes()
        header["transformer." + name] = {
            "dtype": "F16",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(blob)],
        }
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def evaluate(folders, files):
    """The loss of each model on the held-out end of each text, as a table."""
    texts = {"Bible": split(read_text())[1], **{file.stem: split(tokens_of(file.read_bytes()))[1] for file in files}}
    print("| model |", " | ".join(texts), "|")
    print("|---|" + "---|" * len(texts))
    for folder in folders:
        config = json.loads((folder / "config.json").read_text())
        model = TinyGpt(config)
        load(model, folder)
        print(f"| {folder.name} |", " | ".join(f"{validation_loss(model, text, config['n_positions']):.3f}" for text in texts.values()), "|", flush=True)


def learning_rate(step, steps, peak):
    warm_up = min(1.0, (step + 1) / 100)
    return peak * warm_up * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    arguments.add_argument("--steps", type=int, default=1800)
    arguments.add_argument("--batch", type=int, default=12)
    arguments.add_argument("--peak-rate", type=float, default=6e-4)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--weight-decay", type=float, default=0.1, help="of the matrices; vectors have none")
    arguments.add_argument("--blocks", type=int, help="how many blocks, from scratch; default 4")
    arguments.add_argument("--name", default="tiny-gpt", help="the folder in OUT; its first weights go to NAME-step0")
    arguments.add_argument("--from", type=pathlib.Path, dest="origin", metavar="FOLDER", help="start from the weights of this folder")
    other = arguments.add_mutually_exclusive_group()
    other.add_argument("--text", type=pathlib.Path, metavar="FILE", help="train on the bytes of this file instead of the Bible")
    other.add_argument("--repeat", metavar="WORD", help="train on this word, repeated, instead of the Bible")
    arguments.add_argument("--evaluate", type=pathlib.Path, nargs="+", metavar="FOLDER", help="train nothing; print the loss of these models")
    arguments.add_argument("--on", type=pathlib.Path, nargs="*", default=[], metavar="FILE", help="texts to measure the loss on, beside the Bible")
    options = arguments.parse_args()
    if options.origin and options.blocks:
        arguments.error("--blocks is for a model from scratch; the folder of --from has blocks already")
    if options.origin and options.origin.resolve() == (options.out / options.name).resolve():
        arguments.error("the weights of --from would be overwritten: give another --name or --out")

    torch.set_num_threads(options.threads)
    if options.evaluate:
        evaluate(options.evaluate, options.on)
        return
    torch.manual_seed(options.seed)
    if options.origin:
        config = json.loads((options.origin / "config.json").read_text())
        model = TinyGpt(config)
        load(model, options.origin)
    else:
        config = {**CONFIG, "n_layer": options.blocks or CONFIG["n_layer"]}
        model = TinyGpt(config)
        save(model, config, options.out / f"{options.name}-step0", "random initial weights")

    context = config["n_positions"]
    training, held_out = split(read_text())
    training = training_text(options, training)
    matrices = [p for p in model.parameters() if p.dim() == 2]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": options.weight_decay}, {"params": vectors, "weight_decay": 0.0}], betas=(0.9, 0.95)
    )
    written = {"before": continuations(model, context)}
    generator, rows, started = torch.Generator().manual_seed(options.seed), [], time.time()
    for step in range(options.steps + 1):
        if step % 250 == 0 or step == options.steps:
            rows.append([step, f"{validation_loss(model, held_out, context):.4f}"])
            print(*rows[-1], f"{time.time() - started:.0f} s", flush=True)
        if step == options.steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, options.steps, options.peak_rate)
        loss = loss_of(model, *batch_of(training, options.batch, context, generator))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

    folder = options.out / options.name
    save(model, config, folder, f"trained for {options.steps} steps")
    written["after"] = continuations(model, context)
    (folder / "continuation.json").write_text(json.dumps(written, indent=2) + "\n")
    with open(folder / "training.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["step", "validation_loss_nats_per_byte"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
