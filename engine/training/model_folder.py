"""The model folder that the TypeScript engine loads: config.json, *.safetensors, manifest.json.

Q, K and V of a layer are stored as one matrix, as are gate and up: one product instead of three, two. That is
done here, at export, so that neither the reference model nor the engine's graph reorders weights.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from model import AugmentedQ, Config, Decoder
from quantize import dequantize4, dequantize4_symmetric, dequantize8, quantize4, quantize4_symmetric, quantize8

FORMAT = "sigma-ops-model-1"
MATRICES = ("qkv", "out", "gate_up", "down")
# Matrices with a row a token, kept in 8 bits.
TABLES = ("embed", "head")
# config.json's optional fields -> the reference model's.
OPTIONAL = {
    "tiedEmbedding": "tied_embedding",
    "qkvBias": "qkv_bias",
    "qkNorm": "qk_norm",
    "ropeFrequencies": "rope_frequencies",
}
# What calibrate.py writes beside the weights.
CALIBRATION = "calibration.safetensors"
# A hosting limit of 50 MB a file, with room to spare.
SHARD_BYTES = 44_000_000


def fused_state(model):
    """Reference model -> {stored name: fp32 tensor}."""
    c = model.config
    tensors = {"embed": model.embed.weight, "norm": model.norm.weight}
    if not c.tied_embedding:
        tensors["head"] = model.head.weight
    if c.rope_frequencies == "tensor":
        tensors["rope.inv_freq"] = model.inv_freq
    for i, layer in enumerate(model.layers):
        a, f = layer.attn, layer.ffn
        at = f"layers.{i}."
        tensors[at + "attn_norm"] = layer.attn_norm.weight
        tensors[at + "qkv"] = torch.cat((a.wq.weight, a.wk.weight, a.wv.weight))
        if c.qkv_bias:
            tensors[at + "qkv.bias"] = torch.cat((a.wq.bias, a.wk.bias, a.wv.bias))
        if c.augmented_q:
            tensors[at + "aug_q.gate_up"] = torch.cat((a.aug_q.gate.weight, a.aug_q.up.weight))
            tensors[at + "aug_q.down"] = a.aug_q.down.weight
        if c.qk_norm:
            tensors[at + "q_norm"] = a.q_norm.weight
            tensors[at + "k_norm"] = a.k_norm.weight
        tensors[at + "out"] = a.wo.weight
        tensors[at + "ffn_norm"] = layer.ffn_norm.weight
        tensors[at + "gate_up"] = torch.cat((f.gate.weight, f.up.weight))
        tensors[at + "down"] = f.down.weight
    return {name: tensor.detach().float().contiguous() for name, tensor in tensors.items()}


def is_matrix(name):
    return name in TABLES or name.rsplit(".", 1)[-1] in MATRICES


def quantize_tensor(name, tensor, offsets=True):
    """One tensor -> its stored parts: 4-bit matrices, 8-bit embedding and head, fp32 norms and biases. Without offsets
    the 4-bit blocks are symmetric and have no zero points."""
    if not is_matrix(name):
        return {name: tensor.float()}
    if name not in TABLES and not offsets:
        q, scale = quantize4_symmetric(tensor)
        return {f"{name}.q": q, f"{name}.scale": scale}
    q, scale, zero = quantize8(tensor) if name in TABLES else quantize4(tensor)
    return {f"{name}.q": q, f"{name}.scale": scale, f"{name}.zero": zero}


def quantize_state(state, offsets=True):
    """fp32 tensors -> stored tensors."""
    return {
        part: value
        for name, tensor in state.items()
        for part, value in quantize_tensor(name, tensor, offsets).items()
    }


def shards(parts, limit):
    """Groups tensors, in order, into files below `limit` bytes; the parts of one matrix stay together, and one that is
    larger than a file has a file of its own."""
    group, size = {}, 0
    for part in parts:
        part_bytes = sum(t.numel() * t.element_size() for t in part.values())
        if group and size + part_bytes > limit:
            yield group
            group, size = {}, 0
        group.update(part)
        size += part_bytes
    yield group


def matrix_parts(stored):
    """{stored name: tensor} -> one dict a matrix or vector."""
    by_matrix = {}
    for name, tensor in stored.items():
        key = name.rsplit(".", 1)[0] if name.endswith((".q", ".scale", ".zero")) else name
        by_matrix.setdefault(key, {})[name] = tensor
    return by_matrix.values()


def write_weights(folder, parts, limit=SHARD_BYTES):
    """Writes the safetensors files, one in memory at a time, and gives their names, which hold their number; files of
    an earlier conversion go."""
    written = []
    try:
        for group in shards(parts, limit):
            file = folder / f"model-{len(written) + 1:02}.part"
            written.append(file)
            save_file(group, file)
            file.chmod(0o644)
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        raise
    names = [f"model-{number:02}-of-{len(written):02}.safetensors" for number in range(1, len(written) + 1)]
    for file, name in zip(written, names, strict=True):
        file.rename(folder / name)
    for stale in set(folder.glob("model-[0-9][0-9]-of-[0-9][0-9].safetensors")) - {folder / name for name in names}:
        stale.unlink()
    (folder / CALIBRATION).unlink(missing_ok=True)
    return names


def write_folder(folder, config, stored, weights, about):
    """Writes config.json, the safetensors files and manifest.json.

    `stored` is {stored name: tensor}; `weights` is {"kind": "fp32"} or {"kind": "int4", "block": 32, "embedBits": 8};
    `about` holds name, licence, source, architecture, parameters and the end-of-text tokens.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = write_weights(folder, matrix_parts(stored))
    write_config(folder, config, weights, about)
    write_manifest(folder, files)


def write_config(folder, config, weights, about, chat_template="chatml"):
    """config.json; what is at its default is left out."""
    shape = {k: getattr(config, k) for k in ("layers", "hidden", "ffn", "vocab", "n_q", "n_k", "n_v", "d_k", "d_v")}
    document = {
        "format": FORMAT,
        **about,
        "shape": shape,
        "augmentedQ": asdict(config.augmented_q) if config.augmented_q else None,
        "contextLength": config.context_length,
        "ropeTheta": config.rope_theta,
        "normEps": config.norm_eps,
        "weights": weights,
    }
    for key, value, default in (
        *((key, getattr(config, name), getattr(Config, name)) for key, name in OPTIONAL.items()),
        ("chatTemplate", chat_template, "chatml"),
    ):
        if value != default:
            document[key] = value
    (Path(folder) / "config.json").write_text(json.dumps(document, indent=2) + "\n")


def write_manifest(folder, weight_files):
    """Sizes and sha256 of every file the engine reads; run again after changing one of them."""
    folder = Path(folder)
    names = ["config.json", *(["tokenizer.json"] if (folder / "tokenizer.json").exists() else []), *weight_files]
    entries = []
    for name in names:
        data = (folder / name).read_bytes()
        entries.append({"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    manifest = {"format": FORMAT, "weights": weight_files, "files": entries}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def read_config(document):
    """config.json -> Config."""
    augmented = document.get("augmentedQ")
    return Config(
        **document["shape"],
        context_length=document["contextLength"],
        rope_theta=document["ropeTheta"],
        norm_eps=document["normEps"],
        augmented_q=AugmentedQ(**augmented) if augmented else None,
        **{name: document[key] for key, name in OPTIONAL.items() if key in document},
    )


def load_folder(folder):
    """Stored folder -> (reference model in fp32 with dequantised weights, its config.json as a dict)."""
    folder = Path(folder)
    document = json.loads((folder / "config.json").read_text())
    c = read_config(document)
    stored = {}
    for file in json.loads((folder / "manifest.json").read_text())["weights"]:
        with safe_open(folder / file, framework="pt") as tensors:
            stored.update({name: tensors.get_tensor(name) for name in tensors.keys()})
    return reference_model(c, stored), document


def reference_model(c, stored):
    """{stored name: tensor}, fp32 or quantised -> the reference model."""

    def matrix(name, width):
        if name in stored:
            return stored[name]
        if f"{name}.zero" not in stored:
            return dequantize4_symmetric(stored[f"{name}.q"], stored[f"{name}.scale"])
        parts = (stored[f"{name}.q"], stored[f"{name}.scale"], stored[f"{name}.zero"])
        return dequantize8(*parts) if name in TABLES else dequantize4(*parts, width)

    state = {"embed.weight": matrix("embed", c.hidden), "norm.weight": stored["norm"]}
    if not c.tied_embedding:
        state["head.weight"] = matrix("head", c.hidden)
    if c.rope_frequencies == "tensor":
        state["inv_freq"] = stored["rope.inv_freq"]
    q_width = c.n_q * c.d_k
    heads = (q_width, c.n_k * c.d_k, c.n_v * c.d_v)
    for i in range(c.layers):
        at = f"layers.{i}."
        vectors = {"attn_norm": "attn_norm", "ffn_norm": "ffn_norm"}
        if c.qk_norm:
            vectors |= {"q_norm": "attn.q_norm", "k_norm": "attn.k_norm"}
        state |= {f"{at}{name}.weight": stored[at + key] for key, name in vectors.items()}
        for part, weight in zip("qkv", matrix(at + "qkv", c.hidden).split(heads), strict=True):
            state[f"{at}attn.w{part}.weight"] = weight
        if c.qkv_bias:
            for part, bias in zip("qkv", stored[at + "qkv.bias"].split(heads), strict=True):
                state[f"{at}attn.w{part}.bias"] = bias
        swiglus = [("", "ffn", c.hidden, c.ffn)]
        if c.augmented_q:
            inner = c.hidden if c.augmented_q.form == "residual" else q_width
            swiglus.append(("aug_q.", "attn.aug_q", inner, c.augmented_q.width))
        for key, name, inner, width in swiglus:
            gate, up = matrix(f"{at}{key}gate_up", inner).split(width)
            down = matrix(f"{at}{key}down", width)
            state |= {f"{at}{name}.{part}.weight": w for part, w in (("gate", gate), ("up", up), ("down", down))}
        state[at + "attn.wo.weight"] = matrix(at + "out", c.n_q * c.d_v)
    model = Decoder(c)
    model.load_state_dict(state)
    return model.eval()
