"""A trained model -> the folder that the engine loads: symmetric 4-bit blocks, 8-bit embedding, config, manifest."""

import json
import shutil
from pathlib import Path

from calibrate import write_calibration
from model_folder import fused_state, matrix_parts, quantize_state, write_config, write_manifest, write_weights

WEIGHTS = {"kind": "int4", "block": 32, "embedBits": 8, "offsets": False}
BASE = "https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct"


def export(model, folder, name, tokenizer, calibrated=True):
    """Writes the folder. `calibrated`: the model reads a text to see how large its activations become (calibrate.py)."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = write_weights(folder, matrix_parts(quantize_state(fused_state(model), offsets=False)))
    about = {
        "architecture": "sigma-decoder",
        "name": name,
        "licence": "apache-2.0",
        "source": f"trained by this repository from {BASE}",
        "parameters": sum(p.numel() for p in model.parameters()),
        "endTokens": ["<|im_end|>", "<|endoftext|>"],
    }
    write_config(folder, model.config, WEIGHTS, about)
    if calibrated:
        shutil.copy(tokenizer, folder / "tokenizer.json")
        files.append(write_calibration(folder, files))
    write_manifest(folder, files)
    return json.loads((folder / "manifest.json").read_text())
