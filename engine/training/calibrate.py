"""How large the inputs of a model's matrices are: the largest magnitude of each channel over a text.

    python calibrate.py ../../assets/model
    python calibrate.py ~/models/qwen3-sigma-ops --text notes.txt

The engine reads prompts with activations rounded to int8, a token at a time. Some channels are far larger than the
others, which would lose their precision; scaling each channel by its largest magnitude first keeps it (SmoothQuant,
arXiv 2211.10438). convert.py does this for every folder of 4-bit weights. Here for folders that were converted before,
or with a text of one's own: ChatML turns in it are laid out as the model's own chat template has them.
"""

import argparse
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer

from chat import BEGIN, turn
from checkpoint import UnsupportedModel
from model import rope_tables, theta_frequencies
from model_folder import CALIBRATION, read_config, reference_model, write_manifest
from quantize import dequantize8

TEXT = Path(__file__).with_name("calibration.txt")
WINDOW = 1024
# Stored matrix -> the reference's layer that has its input. Not the feed-forward's `down`, whose inputs have channels
# that no scaling brings to like sizes: the engine keeps it in 4-bit blocks.
INPUTS = {"qkv": "attn.wq", "out": "attn.wo", "gate_up": "ffn.gate"}
AUGMENTED = {"aug_q.gate_up": "attn.aug_q.gate", "aug_q.down": "attn.aug_q.down"}
CHATML = re.compile(r"<\|im_start\|>(\w+)\n(.*?)<\|im_end\|>\n?", re.DOTALL)


def calibrate(folder, text_file=TEXT):
    """Writes the folder's calibration anew, and its manifest."""
    folder = Path(folder)
    if json.loads((folder / "config.json").read_text())["weights"]["kind"] != "int4":
        raise UnsupportedModel("its weights are fp32: only 4-bit ones are turned into int8")
    files = [name for name in json.loads((folder / "manifest.json").read_text())["weights"] if name != CALIBRATION]
    write_manifest(folder, [*files, write_calibration(folder, files, text_file)])


def write_calibration(folder, weight_files, text_file=TEXT):
    """Writes the tensors of `input_maxima` into one file of the folder and gives its name."""
    document = json.loads((folder / "config.json").read_text())
    config = read_config(document)
    maxima = input_maxima(config, StoredTensors(folder, weight_files), token_windows(folder, document, text_file))
    save_file(maxima, folder / CALIBRATION)
    (folder / CALIBRATION).chmod(0o644)
    return CALIBRATION


def token_windows(folder, document, text_file=TEXT):
    """The text in the model's tokens, cut to windows (1, up to 1024) that do not overlap."""
    template = document.get("chatTemplate", "chatml")
    text = CHATML.sub(lambda match: turn(template, *match.groups()), Path(text_file).read_text(encoding="utf-8"))
    # The tokenizer's own begin token would be a second one.
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = tokenizer.encode(BEGIN.get(template, "") + text, add_special_tokens=False).ids
    return torch.tensor([ids]).split(min(WINDOW, document["contextLength"]), dim=1)


class StoredTensors:
    """The tensors of a folder, each read when it is asked for."""

    def __init__(self, folder, files):
        self.files = {}
        for file in files:
            opened = safe_open(folder / file, framework="pt")
            self.files.update(dict.fromkeys(opened.keys(), opened))

    def __getitem__(self, name):
        return self.files[name].get_tensor(name)

    def below(self, prefix):
        """{name without the prefix: tensor} of all that begin with it."""
        return {name.removeprefix(prefix): self[name] for name in self.files if name.startswith(prefix)}


@torch.no_grad()
def input_maxima(config, stored, windows):
    """{f"layers.{i}.{matrix}.input_max": F32 [K]}: the reference, one layer in memory at a time for all windows, since a
    model that is converted need not fit into memory in fp32."""
    embed = [stored[f"embed.{part}"] for part in ("q", "scale", "zero")]
    states = [dequantize8(*(part[ids[0]] for part in embed))[None] for ids in windows]  # each (1, T, hidden)
    own = config.rope_frequencies == "tensor"
    frequencies = stored["rope.inv_freq"] if own else theta_frequencies(config)
    tables = rope_tables(frequencies, max(ids.shape[1] for ids in windows))
    maxima = {}
    for i in range(config.layers):
        block = one_layer(config, stored, i)
        seen = watch_inputs(block, INPUTS | (AUGMENTED if config.augmented_q else {}))
        states = [block(x, *(table[: x.shape[1]] for table in tables)) for x in states]
        for matrix, largest in seen.items():
            if not largest.isfinite().all():
                raise UnsupportedModel(f"the inputs of layers.{i}.{matrix} are not finite when the model reads a text")
            maxima[f"layers.{i}.{matrix}.input_max"] = largest
    return maxima


def one_layer(config, stored, layer):
    """Layer number `layer` as the reference's Block: that of a model with no other and next to no vocabulary."""
    small = replace(config, layers=1, vocab=1, tied_embedding=True, rope_frequencies="theta")
    tensors = {f"layers.0.{name}": tensor for name, tensor in stored.below(f"layers.{layer}.").items()}
    nothing = {"embed": torch.zeros(1, config.hidden), "norm": torch.ones(config.hidden)}
    return reference_model(small, {**tensors, **nothing}).layers[0]


def watch_inputs(block, inputs):
    """{matrix: largest magnitudes [K]}, which fills while the block runs."""
    seen = {}

    def watch(matrix):
        def hook(_, args):
            largest = args[0].abs().flatten(0, -2).amax(0)
            seen[matrix] = torch.maximum(seen[matrix], largest) if matrix in seen else largest

        return hook

    for matrix, name in inputs.items():
        block.get_submodule(name).register_forward_pre_hook(watch(matrix))
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="model folder that convert.py wrote")
    parser.add_argument("--text", default=TEXT, help="what the model will read, some pages of it (default: a mix)")
    a = parser.parse_args()
    try:
        calibrate(a.folder, a.text)
    except UnsupportedModel as error:
        sys.exit(f"cannot calibrate {a.folder}: {error}")
    print(f"Wrote {Path(a.folder) / CALIBRATION}.")


if __name__ == "__main__":
    main()
