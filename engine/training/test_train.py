"""The pipeline end to end on two small layers, and what each step promises."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from export_model import export
from fast_forward import FastForward
from generate import sample
from merge_keys import merge_keys
from model import AugmentedQ, Decoder
from model_folder import load_folder
from quantize import dequantize4_symmetric, dequantize8, fake_quantise4, fake_quantise8, quantize4_symmetric, quantize8
from token_files import Documents, Tasks, write_tokens
from train import TINY, open_base

HERE = Path(__file__).parent


def tiny_data(folder):
    """Text with a rule (each byte follows from the one before), so that a loss can fall."""
    random = np.random.default_rng(3)

    def text(length):
        ids = [int(random.integers(256))]
        while len(ids) < length:
            ids.append((ids[-1] * 5 + 3) % 256 if random.random() < 0.9 else int(random.integers(256)))
        return ids

    for name, length in (("documents", 20_000), ("task-text", 4000), ("documents-held", 2000)):
        write_tokens(folder, name, [(text(length), 0)], {"source": "made up"})
    write_tokens(folder, "chat-prompts", [(text(6), 0) for _ in range(40)], {"source": "made up", "endIds": [256]})
    for name, count in (("teach-commands", 60), ("teach-logs", 30), ("held-commands", 12)):
        write_tokens(folder, name, [(text(int(random.integers(20, 120))), 10) for _ in range(count)], {"source": "made up"})
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_data(tmp_path_factory.mktemp("data"))


def test_fast_forward_is_the_reference():
    torch.manual_seed(1)
    config = replace(open_base(None, True).config, n_k=1, augmented_q=AugmentedQ(32, "residual"))
    model = Decoder(config)
    torch.nn.init.normal_(model.layers[0].attn.aug_q.down.weight, std=0.1)
    ids = torch.randint(256, (2, 40))
    fast = FastForward(config, ids.device, 64)
    with torch.no_grad():
        _, x = fast.hidden(model, ids)
        assert (fast.logits(model, x) - model(ids)).abs().max() < 1e-4


def test_merging_is_exact_where_the_heads_are_turned_copies():
    torch.manual_seed(2)
    base = open_base(None, True)
    half = base.config.d_k // 2
    with torch.no_grad():
        for layer in base.layers:
            first, second = torch.randn(2, half, base.config.hidden).mul(0.1)
            heads = []
            for size, angle in ((1.0, 0.3), (2.0, -1.2), (0.5, 2.0)):
                cos, sin = np.cos(angle) * size, np.sin(angle) * size
                heads.append(torch.cat((cos * first - sin * second, sin * first + cos * second)))
            layer.attn.wk.weight.copy_(torch.cat(heads))
    batches = [torch.randint(256, (4, 64)) for _ in range(2)]
    merged, kept = merge_keys(base, batches, AugmentedQ(32, "residual"))
    assert min(kept) > 0.999999
    with torch.no_grad():
        assert (merged(batches[0]) - base(batches[0])).abs().max() < 1e-3


def test_training_rounds_as_the_export_does():
    weight = torch.randn(24, 96)
    assert torch.equal(fake_quantise4(weight), dequantize4_symmetric(*quantize4_symmetric(weight)))
    assert torch.allclose(fake_quantise8(weight), dequantize8(*quantize8(weight)))
    # All 16 levels are there, and a block of zeros stays zero.
    assert fake_quantise4(torch.zeros(1, 32)).abs().max() == 0
    assert len(fake_quantise4(torch.linspace(-1, 1, 32)[None]).unique()) == 16


def test_exported_folder_is_the_rounded_model(tmp_path):
    torch.manual_seed(4)
    config = replace(open_base(None, True).config, n_k=1, augmented_q=AugmentedQ(32, "residual"))
    model = Decoder(config)
    torch.nn.init.normal_(model.layers[1].attn.aug_q.down.weight, std=0.1)
    export(model, tmp_path, "tiny", None, calibrated=False)
    loaded, document = load_folder(tmp_path)
    assert document["weights"]["offsets"] is False
    ids = torch.randint(256, (1, 32))
    rounded = FastForward(config, ids.device, 32, quantised=True)
    with torch.no_grad():
        _, x = rounded.hidden(model, ids)
        assert (rounded.logits(model, x) - loaded(ids)).abs().max() < 1e-3


def test_tasks_learn_the_answer_alone(data):
    tasks = Tasks(data, "teach-commands")
    seen = 0
    for ids, targets in tasks.epoch(512, np.random.default_rng(0)):
        for row_ids, row in zip(ids, targets, strict=True):
            places = (row != -100).nonzero().flatten()
            if len(places):
                seen += 1
                assert places[0] == 9
                assert torch.equal(row_ids[places[:-1] + 1], row[places[:-1]])
    assert seen == len(tasks)


def run_tiny(out, data, *more):
    command = [sys.executable, str(HERE / "train.py"), "--tiny", "--data", str(data), "--out", str(out), *more]
    subprocess.run(command, check=True, capture_output=True, text=True)


def test_pipeline_end_to_end(tmp_path, data):
    run_tiny(tmp_path, data, "--run", "tiny", "--stages", "merge,heal,teach", "--set", "heal_steps=80,teach_steps=80")
    record = json.loads((tmp_path / "tiny.json").read_text())
    losses = record["heal"]["losses"]
    assert losses[-1]["token"] < losses[0]["token"]
    # Chance is ln 256 = 5.55; the base stands there.
    assert record["teach"]["figures"]["held-commands"] < record["base"]["held-commands"] - 0.3
    assert record["data"]["documents"]["sha256"]
    weights = torch.load(tmp_path / "tiny-teach.pt", weights_only=True)
    # Stages that are there are not done again.
    run_tiny(tmp_path, data, "--run", "tiny", "--stages", "merge,heal,teach")
    again = torch.load(tmp_path / "tiny-teach.pt", weights_only=True)
    assert all(torch.equal(weights[name], again[name]) for name in weights)
    run_tiny(tmp_path, data, "--run", "twin", "--shape", "gqa", "--stages", "merge,heal")
    assert "layers.0.attn.aug_q.down.weight" not in torch.load(tmp_path / "twin-heal.pt", weights_only=True)


def test_sampling_goes_on_from_each_prompt_by_itself():
    base = open_base(None, True)
    prompts = [[1, 2, 3], [9, 8, 7, 6, 5, 4], [5]]
    device = torch.device("cpu")
    together = sample(base, prompts, 5, {300}, device, temperature=1e-6)
    assert together == [base.greedy(prompt, 5) for prompt in prompts]
    # An end token ends its own row only.
    end = together[0][1]
    ended = sample(base, prompts, 5, {end}, device, temperature=1e-6)
    assert ended[0] == together[0][: together[0].index(end) + 1]
    assert all(len(answer) == 5 or answer[-1] == end for answer in ended)


def test_documents_are_read_in_place(data):
    documents = Documents(data, "documents")
    batch = documents.batch(3, 50, np.random.default_rng(0))
    assert batch.shape == (3, 50) and batch.max() < 256
    assert TINY.short < len(documents.ids)
