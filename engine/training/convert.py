"""A Llama-family checkpoint -> the engine's model folder.

    python convert.py model.gguf ../../assets/model --name SmolLM2-135M-Instruct \
        --source https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct
    python convert.py ~/models/Qwen3-0.6B ~/models/qwen3-sigma-ops

Takes a GGUF (llama, qwen2, qwen3) or a Hugging Face folder of safetensors (LlamaForCausalLM, MistralForCausalLM,
Qwen2ForCausalLM, Qwen3ForCausalLM; SmolLM is a Llama). Writes weights in 4-bit blocks (or fp32), config, tokenizer and
manifest, one matrix in memory at a time, and lets the result read a text to see how large its activations become
(calibrate.py), one layer in memory at a time. Start Sigma Ops with --model FOLDER or choose the folder in Settings.
"""

import argparse
import json
import math
import sys
from pathlib import Path

from calibrate import write_calibration
from chat import TEMPLATES, choose_template, end_tokens
from checkpoint import UnsupportedModel, check_widths
from gguf_source import read_gguf
from hf_source import read_folder
from model_folder import SHARD_BYTES, quantize_tensor, write_config, write_manifest, write_weights
from tokenizer_kind import check_tokenizer

WEIGHTS = {"int4": {"kind": "int4", "block": 32, "embedBits": 8}, "fp32": {"kind": "fp32"}}


def open_checkpoint(path, context=None, tokenizer_file=None):
    """A folder or a GGUF file -> Checkpoint."""
    path = Path(path)
    if not path.exists():
        raise UnsupportedModel("there is no such file or folder")
    tokenizer = json.loads(Path(tokenizer_file).read_text(encoding="utf-8")) if tokenizer_file else None
    if path.is_file():
        return read_gguf(path, context, tokenizer)
    return read_folder(path, context, tokenizer)


def convert(
    path, folder, name=None, source=None, licence=None, context=None, weights="int4", chat_template=None,
    tokenizer_file=None, shard_bytes=SHARD_BYTES,
):  # fmt: skip
    """Writes the model folder and gives notes for the person who converts."""
    if Path(path).resolve() == Path(folder).resolve():
        raise UnsupportedModel("the model folder must not be the checkpoint's own: its config.json would be lost")
    checkpoint = open_checkpoint(path, context, tokenizer_file)
    config, document = checkpoint.config, checkpoint.tokenizer
    if weights == "int4":
        check_widths(config)
    check_tokenizer(document, config.vocab)
    template = choose_template(checkpoint.chat_template, document, chat_template)
    about = {
        "architecture": "sigma-decoder",
        "name": name or Path(path).stem,
        "licence": licence or checkpoint.licence,
        "source": source or f"converted from {Path(path).name}",
        "parameters": sum(math.prod(shape) for shape in checkpoint.shapes().values()),
        "endTokens": end_tokens(template, checkpoint.end_ids, document),
    }
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    parts = checkpoint.stored_tensors()
    if weights == "int4":
        parts = (quantize_tensor(*part) for part in parts)
    else:
        parts = ({name: tensor.float()} for name, tensor in parts)
    files = write_weights(folder, parts, shard_bytes)
    (folder / "tokenizer.json").write_text(
        json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    write_config(folder, config, WEIGHTS[weights], about, template)
    if weights == "int4":
        files.append(write_calibration(folder, files))
    write_manifest(folder, files)
    return checkpoint.notes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", help="GGUF file or Hugging Face folder")
    parser.add_argument("folder", help="model folder to write")
    parser.add_argument("--name", help="shown in the app (default: the file's or folder's name)")
    parser.add_argument("--source", help="where the model comes from")
    parser.add_argument("--licence", help="default: what the checkpoint says")
    parser.add_argument("--context", type=int, help="tokens of context (default: the model's, at most 8192)")
    parser.add_argument("--weights", choices=tuple(WEIGHTS), default="int4")
    parser.add_argument("--chat-template", choices=tuple(TEMPLATES), help="instead of the one that the model names")
    parser.add_argument("--tokenizer", metavar="FILE", help="tokenizer.json to use instead of the checkpoint's own")
    parser.add_argument("--shard-mb", type=int, default=SHARD_BYTES // 1_000_000, help="largest weight file")
    a = parser.parse_args()
    try:
        notes = convert(
            a.checkpoint, a.folder, a.name, a.source, a.licence, a.context, a.weights, a.chat_template, a.tokenizer,
            a.shard_mb * 1_000_000,
        )  # fmt: skip
    except UnsupportedModel as error:
        sys.exit(f"cannot convert {a.checkpoint}: {error}")
    print("\n".join([*notes, f"Wrote {a.folder}."]))


if __name__ == "__main__":
    main()
