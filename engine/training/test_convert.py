"""Converts tiny random checkpoints of every supported architecture and compares logits with `transformers`.

    python -m pytest test_convert.py      # or: python test_convert.py

Needs nothing from outside; comparisons are skipped where `transformers` is not installed (it is for evaluation
only). With SIGMA_OPS_KEEP=FOLDER the converted folders stay there with their ids and logits (compare.json), for a
look through the TypeScript engine.
"""

import json
import os
from pathlib import Path

import gguf
import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

import rope_scaling
from calibrate import INPUTS, calibrate, token_windows
from chat import TEMPLATES, end_tokens, recognise, turn
from checkpoint import UnsupportedModel
from convert import convert
from model import AugmentedQ, Config, Decoder
from model_folder import CALIBRATION, fused_state, load_folder, quantize_state, write_folder

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
VOCAB = 288
SIZES = dict(
    vocab_size=VOCAB, hidden_size=64, intermediate_size=96, num_hidden_layers=3, num_attention_heads=4,
    num_key_value_heads=2, max_position_embeddings=512, bos_token_id=0, eos_token_id=2, pad_token_id=0,
)  # fmt: skip
LLAMA3 = dict(
    rope_type="llama3", rope_theta=10000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
    original_max_position_embeddings=64,
)  # fmt: skip
# Name -> class prefix in transformers and what differs from SIZES.
CASES = {
    "llama-tied": ("Llama", dict(tie_word_embeddings=True)),
    "llama-untied": ("Llama", dict(tie_word_embeddings=False)),
    "llama-head-dim": ("Llama", dict(head_dim=32)),
    "llama3-scaling": ("Llama", dict(rope_parameters=LLAMA3, tie_word_embeddings=True)),
    "llama-linear-scaling": ("Llama", dict(rope_parameters=dict(rope_type="linear", rope_theta=10000.0, factor=4.0))),
    "mistral": ("Mistral", dict(sliding_window=None)),
    "qwen2-tied": ("Qwen2", dict(tie_word_embeddings=True)),
    "qwen2-untied": ("Qwen2", dict(tie_word_embeddings=False)),
    "qwen3-tied": ("Qwen3", dict(head_dim=32, tie_word_embeddings=True)),
    "qwen3-untied": ("Qwen3", dict(head_dim=32, tie_word_embeddings=False)),
}
TOLERANCE = 1e-3


def byte_tokenizer():
    """Every byte is a token, plus ChatML's special ones."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(SPECIAL + alphabet)}, []))
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return json.loads(tokenizer.to_str())


def write_checkpoint(folder, kind, changes, **save):
    """A random checkpoint as `transformers` saves it -> its logits on random ids."""
    transformers = pytest.importorskip("transformers", reason="comparisons need `pip install transformers`")
    torch.manual_seed(7)
    config = getattr(transformers, f"{kind}Config")(**{**SIZES, **changes})
    model = getattr(transformers, f"{kind}ForCausalLM")(config).eval().float()
    for name, parameter in model.named_parameters():
        is_norm = "norm" in name
        parameter.data.normal_(1.0 if is_norm else 0.0, 0.2 if is_norm or "bias" in name else 0.15)
    model.save_pretrained(folder, **save)
    add_tokenizer(folder)
    ids = torch.randint(0, VOCAB, (1, 100))
    with torch.no_grad():
        return ids, model(ids).logits[0]


def add_tokenizer(folder):
    (folder / "tokenizer.json").write_text(json.dumps(byte_tokenizer()))
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": "<|im_start|>{{ role }}"}))


@torch.no_grad()
def error_of(folder, ids, logits):
    return float((load_folder(folder)[0](ids)[0] - logits).abs().max())


@pytest.mark.parametrize("name", CASES)
def test_logits_equal_transformers(name, tmp_path):
    kind, changes = CASES[name]
    ids, logits = write_checkpoint(tmp_path / "in", kind, changes)
    keep = os.environ.get("SIGMA_OPS_KEEP")
    out = Path(keep) / name if keep else tmp_path / "out"
    convert(tmp_path / "in", out, weights="fp32")
    error = error_of(out, ids, logits)
    print(f"{name}: max abs error {error:.2e}, logits up to {float(logits.abs().max()):.1f}")
    if keep:
        (out / "compare.json").write_text(json.dumps({"ids": ids[0].tolist(), "logits": logits.tolist()}))
    assert error < TOLERANCE


def test_sharded_index_and_small_files(tmp_path):
    ids, logits = write_checkpoint(tmp_path / "in", "Llama", {}, max_shard_size="100KB")
    assert (tmp_path / "in/model.safetensors.index.json").exists()
    convert(tmp_path / "in", tmp_path / "out", weights="fp32", shard_bytes=100_000)
    files = json.loads((tmp_path / "out/manifest.json").read_text())["weights"]
    assert len(files) > 2 and max((tmp_path / "out" / file).stat().st_size for file in files) < 110_000
    assert error_of(tmp_path / "out", ids, logits) < TOLERANCE


def test_int4_weights_stay_near(tmp_path):
    write_checkpoint(tmp_path / "in", "Qwen2", dict(tie_word_embeddings=False))
    convert(tmp_path / "in", tmp_path / "fp32", weights="fp32")
    convert(tmp_path / "in", tmp_path / "int4")
    exact, rounded = (load_folder(tmp_path / kind)[0].state_dict() for kind in ("fp32", "int4"))
    for name, weight in exact.items():
        error = float((rounded[name] - weight).norm() / weight.norm())
        limit = 0.01 if name.startswith(("embed", "head")) else 0.1 if weight.ndim == 2 else 0
        assert error <= limit, name


def gguf_name(name):
    """Hugging Face's tensor name -> llama.cpp's."""
    from gguf_source import LAYER, TOP
    from hf_source import original_name

    if not name.startswith("model.layers."):
        return next(TOP[key] for key in TOP if original_name(key) == name)
    _, _, layer, rest = name.split(".", 3)
    return f"blk.{layer}.{next(LAYER[key] for key in LAYER if original_name(f'layers.{layer}.{key}').endswith(rest))}"


def permute(weight, heads):
    """What llama.cpp's own converter does to Q and K of its llama architecture."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def write_gguf(path, folder, architecture, llama3=False):
    config = json.loads((folder / "config.json").read_text())
    document = byte_tokenizer()
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    d_k = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    writer.add_key_length(d_k)
    writer.add_value_length(d_k)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([*document["model"]["vocab"]])
    writer.add_token_types([3 if token in SPECIAL else 1 for token in document["model"]["vocab"]])
    writer.add_token_merges(["a b"])
    writer.add_eos_token_id(2)
    writer.add_chat_template("<|im_start|>{{ role }}")
    if llama3:
        speed = rope_scaling.plain(10000.0, d_k)
        scaled = rope_scaling.llama3(10000.0, d_k, 8.0, 1.0, 4.0, 64)
        writer.add_tensor("rope_freqs.weight", (speed / scaled.double()).float().numpy())
    for name, tensor in load_file(folder / "model.safetensors").items():
        heads = {"q_proj.weight": "num_attention_heads", "k_proj.weight": "num_key_value_heads"}
        key = next((heads[end] for end in heads if name.endswith(end)), None)
        if architecture == "llama" and key:
            tensor = permute(tensor, config[key])
        writer.add_tensor(gguf_name(name), tensor.contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize("name", ["llama-untied", "llama3-scaling", "qwen2-tied", "qwen3-untied"])
def test_gguf_logits_equal_transformers(name, tmp_path):
    kind, changes = CASES[name]
    ids, logits = write_checkpoint(tmp_path / "in", kind, changes)
    write_gguf(tmp_path / "model.gguf", tmp_path / "in", kind.lower(), llama3=name == "llama3-scaling")
    convert(tmp_path / "model.gguf", tmp_path / "out", weights="fp32")
    error = error_of(tmp_path / "out", ids, logits)
    print(f"{name} as GGUF: max abs error {error:.2e}")
    assert error < TOLERANCE


def plain_checkpoint(folder, changes=None, tensors=None):
    """A checkpoint without `transformers`: a tiny Llama's config.json and whatever tensors are given."""
    folder.mkdir()
    config = {
        "architectures": ["LlamaForCausalLM"], "rms_norm_eps": 1e-5, "tie_word_embeddings": True, **SIZES,
        **(changes or {}),
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    save_file(tensors or {"model.embed_tokens.weight": torch.zeros(VOCAB, 64)}, folder / "model.safetensors")
    add_tokenizer(folder)
    return folder


ERRORS = {
    "architecture": (
        dict(architectures=["GemmaForCausalLM"]), {},
        "architecture 'GemmaForCausalLM' is not supported. Supported: LlamaForCausalLM",
    ),
    "scaling": (dict(rope_scaling={"rope_type": "yarn"}), {}, "RoPE scaling 'yarn' is not supported"),
    "activation": (dict(hidden_act="gelu"), {}, "activation 'gelu' is not supported"),
    "quantised": (dict(quantization_config={"quant_method": "gptq"}), {}, "quantised with 'gptq'"),
    "width": (dict(intermediate_size=100), {}, "the feed-forward size is 100, not a multiple of 32"),
    "window": (dict(sliding_window=64), dict(context=128), "longer than the sliding window of 64"),
    "context": ({}, dict(context=1024), "longer than the 512 tokens"),
    "missing tensor": ({}, {}, "tensor model.norm.weight is missing"),
    "template": ({}, dict(chat_template="llama3"), r"needs the special token <\|begin_of_text\|>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_names_what_it_cannot_take(name, tmp_path):
    changes, options, message = ERRORS[name]
    with pytest.raises(UnsupportedModel, match=message):
        convert(plain_checkpoint(tmp_path / "in", changes), tmp_path / "out", **options)
    assert not list((tmp_path / "out").glob("*.part"))


def test_names_a_tensor_that_is_not_finite_or_not_used(tmp_path):
    embed = torch.zeros(VOCAB, 64)
    embed[3, 4] = float("nan")
    folder = plain_checkpoint(tmp_path / "nan", tensors={"model.embed_tokens.weight": embed})
    with pytest.raises(UnsupportedModel, match="tensor model.embed_tokens.weight has weights that are not finite"):
        convert(folder, tmp_path / "out")
    folder = plain_checkpoint(tmp_path / "bias", tensors={"model.layers.0.mlp.up_proj.bias": embed})
    with pytest.raises(UnsupportedModel, match="no use for tensor model.layers.0.mlp.up_proj.bias"):
        convert(folder, tmp_path / "out")


def test_never_writes_into_the_checkpoint(tmp_path):
    folder = plain_checkpoint(tmp_path / "in")
    with pytest.raises(UnsupportedModel, match="must not be the checkpoint's own"):
        convert(folder, folder)


def test_sliding_window_shortens_the_context(tmp_path):
    from convert import open_checkpoint

    checkpoint = open_checkpoint(plain_checkpoint(tmp_path / "in", dict(sliding_window=64)))
    assert checkpoint.config.context_length == 64
    assert "sliding window is 64" in checkpoint.notes[0]


def test_refuses_a_tokenizer_of_another_kind(tmp_path):
    folder = plain_checkpoint(tmp_path / "in")
    document = byte_tokenizer()
    document["model"] = {"type": "Unigram", "vocab": []}
    (folder / "tokenizer.json").write_text(json.dumps(document))
    with pytest.raises(UnsupportedModel, match="tokenizer.json is of kind 'Unigram'"):
        convert(folder, tmp_path / "out")


TINY = dict(
    layers=2, hidden=64, ffn=96, vocab=VOCAB, n_q=4, n_k=1, n_v=2, d_k=8, d_v=16, context_length=256,
    rope_theta=10000.0, norm_eps=1e-5,
)  # fmt: skip
CALIBRATED = {
    "plain": {},
    "paper": dict(augmented_q=AugmentedQ(128, "paper")),
    "everything": dict(
        augmented_q=AugmentedQ(128, "residual"), tied_embedding=False, qkv_bias=True, qk_norm=True,
        rope_frequencies="tensor",
    ),
}  # fmt: skip
INT4 = {"kind": "int4", "block": 32, "embedBits": 8}


def write_int4(folder, **options):
    """A folder of random 4-bit weights, not calibrated."""
    torch.manual_seed(3)
    model = Decoder(Config(**TINY, **options))
    for parameter in model.parameters():
        parameter.data.normal_(0.1, 0.3)
    folder.mkdir()
    (folder / "tokenizer.json").write_text(json.dumps(byte_tokenizer()))
    write_folder(folder, model.config, quantize_state(fused_state(model)), INT4, {})
    return folder


@torch.no_grad()
def direct_maxima(folder):
    """{reference's linear layer: largest input magnitudes} of the whole model on the same windows."""
    model, document = load_folder(folder)
    maxima = {}

    def hook(name):
        def record(module, args):
            largest = args[0].reshape(-1, module.in_features).abs().max(0).values
            maxima[name] = torch.maximum(maxima.get(name, largest), largest)

        return record

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(hook(name))
    for ids in token_windows(folder, document):
        model(ids)
    return maxima


@pytest.mark.parametrize("name", CALIBRATED)
def test_calibration_has_the_largest_magnitude_of_each_input(name, tmp_path):
    folder = write_int4(tmp_path / "model", **CALIBRATED[name])
    before = {file.name: file.read_bytes() for file in folder.glob("model-*")}
    calibrate(folder)
    assert {file.name: file.read_bytes() for file in folder.glob("model-*")} == before
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["weights"] == [*before, CALIBRATION]
    assert CALIBRATION in [entry["path"] for entry in manifest["files"]]
    maxima, expected = load_file(folder / CALIBRATION), direct_maxima(folder)
    sources = {"qkv": "attn.wq", "out": "attn.wo", "gate_up": "ffn.gate"}
    widths = {"qkv": 64, "out": 64, "gate_up": 64}
    if "augmented_q" in CALIBRATED[name]:
        sources |= {"aug_q.gate_up": "attn.aug_q.gate", "aug_q.down": "attn.aug_q.down"}
        widths |= {"aug_q.gate_up": 32 if name == "paper" else 64, "aug_q.down": 128}
    assert set(maxima) == {f"layers.{i}.{matrix}.input_max" for i in range(2) for matrix in sources}
    for i in range(2):
        for matrix, source in sources.items():
            found = maxima[f"layers.{i}.{matrix}.input_max"]
            assert found.dtype == torch.float32 and tuple(found.shape) == (widths[matrix],)
            torch.testing.assert_close(found, expected[f"layers.{i}.{source}"])
    # Again, for a text of one's own.
    (tmp_path / "text.txt").write_text("a few words")
    calibrate(folder, tmp_path / "text.txt")
    assert json.loads((folder / "manifest.json").read_text())["weights"] == [*before, CALIBRATION]
    assert all((largest != maxima[key]).any() for key, largest in load_file(folder / CALIBRATION).items())


def test_conversion_calibrates_4_bit_weights_only(tmp_path):
    write_checkpoint(tmp_path / "in", "Llama", {})
    convert(tmp_path / "in", tmp_path / "out")
    assert len(load_file(tmp_path / "out" / CALIBRATION)) == 3 * len(INPUTS)
    convert(tmp_path / "in", tmp_path / "out", weights="fp32")
    assert not (tmp_path / "out" / CALIBRATION).exists()
    assert CALIBRATION not in (tmp_path / "out/manifest.json").read_text()
    with pytest.raises(UnsupportedModel, match="its weights are fp32"):
        calibrate(tmp_path / "out")


def test_calibration_text_is_laid_out_as_the_models_chats(tmp_path):
    folder = write_int4(tmp_path / "model")
    (tmp_path / "text.txt").write_text("<|im_start|>user\nHi<|im_end|>\nand a log")
    ids = {}
    for template in TEMPLATES:
        (window,) = token_windows(folder, dict(chatTemplate=template, contextLength=256), tmp_path / "text.txt")
        ids[template] = window[0].tolist()
    decode = Tokenizer.from_file(str(folder / "tokenizer.json")).decode
    assert ids["chatml"][0] == SPECIAL.index("<|im_start|>")
    assert decode(ids["chatml"], skip_special_tokens=False) == (tmp_path / "text.txt").read_text()
    assert decode(ids["mistral"]) == "<s>[INST] Hi[/INST]and a log"
    assert decode(ids["llama3"]).startswith("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>")
    assert turn("zephyr", "assistant", "Yes.") == "<|assistant|>\nYes.</s>\n"


JINJA = {
    "{{ '<|im_start|>' + role }}": "chatml",
    "{{ '<|im_start|>' + role }}{% if enable_thinking is false %}": "qwen3",
    "{{ bos_token }}{{ '<|im_start|>' + role }}": None,
    "{{ bos_token }}<|start_header_id|>": "llama3",
    "{{ bos_token }}{{ '[INST] ' + content + '[/INST]' }}": "mistral",
    "[INST] <<SYS>>": None,
    "{{ '<|assistant|>\n' + content + eos_token }}": "zephyr",
    "<|assistant|><|end|>": None,
}


@pytest.mark.parametrize("jinja", JINJA)
def test_recognises_chat_templates(jinja):
    assert recognise(jinja) == JINJA[jinja]


def test_end_tokens_are_the_turns_end_the_models_own_and_the_familys():
    assert end_tokens("chatml", [2], byte_tokenizer()) == ["<|im_end|>", "<|endoftext|>"]
    with pytest.raises(UnsupportedModel, match="end-of-text id 99 is no special token"):
        end_tokens("chatml", [99], byte_tokenizer())


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__, "-q", "-rs", "-s"]))
