"""Trains the shipped model: base -> one K head -> healed -> taught -> 4-bit, and writes the run's record.

    python train.py --base base.gguf --data data --out out --run sigma-ops-135m
    python train.py --tiny --out /tmp/tiny            # the same steps on two small layers, on the CPU

Stages that are already in --out are not done again, so a run that was cut off goes on. `--stages` names those to do;
`--shape gqa` trains the twin with the base's own 3 K heads and no augmented Q, on the same tokens.
"""

import argparse
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from export_model import export
from generate import sample
from merge_keys import merge_keys
from model import AugmentedQ, Config, Decoder
from stages import Distillation, Teaching, answer_loss, perplexity
from token_files import Documents, Tasks, write_tokens
from training_loop import Schedule, run

STAGES = ("merge", "heal", "teach", "export")


@dataclass(frozen=True)
class Plan:
    """Sizes of a run. Tokens are those of a step."""

    augmented: int = 288
    heal_steps: int = 1500
    heal_rate: float = 6e-4
    heal_augmented_rate: float = 1.5e-3
    teach_steps: int = 1200
    teach_rate: float = 2e-4
    step_tokens: int = 65_536
    part_tokens: int = 16_384
    short: int = 1024
    long: int = 8192
    long_every: int = 4
    task_tokens: int = 32_768
    replay_every: int = 4
    rounded_share: float = 0.5
    """Share of teaching, at its end, with the shipped rounding in the forward pass."""
    chat_tokens: int = 160
    """Longest answer of the base to a general question."""
    seed: int = 1


TINY = Plan(
    augmented=32, heal_steps=6, teach_steps=8, step_tokens=512, part_tokens=256, short=64, long=128, long_every=3,
    task_tokens=512, replay_every=2, chat_tokens=40, heal_rate=1e-3, heal_augmented_rate=2e-3, teach_rate=1e-3,
)  # fmt: skip


def write_chat(base, data, out, plan, device):
    """General chat as the untouched base writes it: what must not be forgotten."""
    if (out / "chat.json").exists():
        return
    prompts = Tasks(data, "chat-prompts")
    starts = prompts.starts.tolist()
    asked = [prompts.ids[at : at + length].tolist() for at, length in zip(starts, prompts.lengths, strict=True)]
    answers = sample(base, asked, plan.chat_tokens, set(prompts.about["endIds"]), device, seed=plan.seed)
    chats = [(question + answer, 0) for question, answer in zip(asked, answers, strict=True)]
    held = max(1, len(chats) // 10)
    about = {"source": "answers of the base to the prompts of this project"}
    write_tokens(out, "chat-held", chats[:held], about)
    write_tokens(out, "chat", chats[held:], about)


def heal(model, base, data, plan, device, out, compiled, seconds):
    """Documents and a share of task texts, short windows and every fourth step long ones."""
    documents, tasks = Documents(data, "documents"), Documents(data, "task-text")
    random = np.random.default_rng(plan.seed)
    distil = {
        length: Distillation(model, base, length, device, compiled=compiled) for length in (plan.short, plan.long)
    }

    def losses(step):
        length = plan.long if step % plan.long_every == plan.long_every - 1 else plan.short
        rows = max(1, plan.step_tokens // length)
        of_tasks = max(1, round(rows * 0.15))
        ids = torch.cat((
            documents.batch(max(1, rows - of_tasks), length, random), tasks.batch(of_tasks, length, random)
        ))  # fmt: skip
        likeness = max(0.0, 1 - 2 * step / plan.heal_steps)
        yield from distil[length].parts(ids, max(1, plan.part_tokens // length), likeness)

    schedule = Schedule(plan.heal_steps, plan.heal_rate, plan.heal_augmented_rate)
    deadline = time.perf_counter() + seconds if seconds else None
    return run("heal", model, schedule, losses, 25, deadline, out / "heal.part.pt", 500 if device.type == "cpu" else 0)


def teach(model, base, data, plan, device, out, compiled, seconds):
    """Batches of tasks, every epoch in a new order; every few steps documents, and general chat as the base wrote it."""
    tasks = [Tasks(data, path.stem) for path in sorted(Path(data).glob("teach-*.json"))]
    documents, chat = Documents(data, "documents"), Documents(out, "chat")
    random = np.random.default_rng(plan.seed + 1)
    rounded_from = round(plan.teach_steps * (1 - plan.rounded_share))
    longest = Tasks.BUCKETS[-1]
    forms = {}

    def form(rounded):
        if rounded not in forms:
            forms[rounded] = (
                Teaching(model, longest, device, rounded, compiled),
                Distillation(model, base, plan.short, device, rounded, compiled),
            )
        return forms[rounded]

    def endless():
        while True:
            # Every set in proportion to its size, mixed batch by batch.
            sets = [task.epoch(plan.task_tokens, random) for task in tasks]
            sizes = np.array([task.lengths.sum() for task in tasks], dtype=float)
            while sets:
                at = random.choice(len(sets), p=sizes / sizes.sum())
                batch = next(sets[at], None)
                if batch is None:
                    sets.pop(at)
                    sizes = np.delete(sizes, at)
                else:
                    yield batch

    batches = endless()

    def losses(step):
        teaching, distil = form(step >= rounded_from)
        yield teaching.part(*next(batches))
        if step % plan.replay_every == 0:
            rows = max(2, plan.part_tokens // plan.short)
            source = chat if step % (2 * plan.replay_every) == 0 else documents
            yield from distil.parts(source.batch(rows, plan.short, random), rows, 0.0, weight=0.5)

    schedule = Schedule(plan.teach_steps, plan.teach_rate, plan.teach_rate)
    deadline = time.perf_counter() + seconds if seconds else None
    return run("teach", model, schedule, losses, 25, deadline)


def figures(model, data, out, device, rounded=False):
    """What the run's record says of a model: held-out perplexities, by context too, and losses of held-out answers."""
    result = {}
    for name, folder in (("documents", data), ("chat", out)):
        held = Documents(folder, f"{name}-held")
        result[name] = round(perplexity(model, held.windows(min(1024, len(held.ids) // 2), 64), device, rounded), 3)
    held = Documents(data, "documents-held")
    for length in (1024, 2048, 4096, 8192):
        if len(held.ids) >= 4 * length:
            result[f"documents at {length}"] = round(
                perplexity(model, held.windows(length, 65_536 // length), device, rounded), 3
            )
    for path in sorted(Path(data).glob("held-*.json")):
        result[path.stem] = round(answer_loss(model, Tasks(data, path.stem), device, 200_000, rounded), 4)
    return result


def open_base(path, tiny):
    if not tiny:
        from convert import open_checkpoint
        from model_folder import reference_model

        checkpoint = open_checkpoint(path)
        return reference_model(checkpoint.config, {name: t.float() for name, t in checkpoint.stored_tensors()})
    torch.manual_seed(0)
    small = Decoder(Config(
        layers=2, hidden=96, ffn=128, vocab=256, n_q=3, n_k=3, n_v=3, d_k=32, d_v=32, context_length=256,
        rope_theta=10000.0, norm_eps=1e-5,
    ))  # fmt: skip
    torch.nn.init.normal_(small.embed.weight, std=0.02)
    return small


def save(model, file):
    torch.save({name: tensor.to(torch.bfloat16) if tensor.ndim > 1 else tensor
                for name, tensor in model.state_dict().items()}, file)  # fmt: skip


def load(model, file):
    model.load_state_dict({n: t.float() for n, t in torch.load(file, map_location="cpu", weights_only=True).items()})
    return model


def train(arguments, plan):
    out, data = Path(arguments.out), Path(arguments.data)
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(plan.seed)
    torch.set_float32_matmul_precision("high")
    # Every length of a batch is a form of its own.
    torch._dynamo.config.cache_size_limit = 64
    record_file = out / f"{arguments.run}.json"
    record = json.loads(record_file.read_text()) if record_file.exists() else {}
    record |= {
        "run": arguments.run, "shape": arguments.shape, "plan": plan.__dict__, "torch": torch.__version__,
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
        "data": {p.stem: {k: v for k, v in json.loads(p.read_text()).items() if k not in ("starts", "answers")}
                 for p in sorted(data.glob("*.json"))},
    }  # fmt: skip
    base = open_base(arguments.base, arguments.tiny).to(device).eval().requires_grad_(False)
    compiled = device.type == "cuda"
    augmented = AugmentedQ(plan.augmented, "residual") if arguments.shape == "diffqkv" else None
    diffqkv = arguments.shape == "diffqkv"
    config = replace(base.config, n_k=1, augmented_q=augmented) if diffqkv else base.config
    model = Decoder(config)

    def stage(name, work):
        file = out / f"{arguments.run}-{name}.pt"
        if file.exists():
            load(model, file)
        elif name in arguments.stages:
            began = time.perf_counter()
            record[name] = work()
            record[name]["wallSeconds"] = round(time.perf_counter() - began, 1)
            save(model, file)
            record_file.write_text(json.dumps(record, indent=1) + "\n")

    def merge():
        if not diffqkv:
            model.load_state_dict(base.state_dict())
            return {}
        windows = list(Documents(data, "documents").windows(min(1024, plan.short), 48))
        merged, kept = merge_keys(base, [ids.to(device) for ids in windows], augmented)
        model.load_state_dict(merged.state_dict())
        return {"keptMean": sum(kept) / len(kept), "keptWorst": min(kept)}

    def measured(work, rounded=False):
        result = work()
        model.eval()
        return result | {"figures": figures(model, data, out, device, rounded)}

    write_chat(base, data, out, plan, device)
    if "base" not in record:
        record["base"] = figures(base, data, out, device)
    stage("merge", merge)
    model.to(device)
    seconds = arguments.seconds
    stage("heal", lambda: measured(lambda: heal(model, base, data, plan, device, out, compiled, seconds.get("heal"))))
    model.to(device)
    stage("teach", lambda: measured(
        lambda: teach(model, base, data, plan, device, out, compiled, seconds.get("teach")), True))  # fmt: skip
    record_file.write_text(json.dumps(record, indent=1) + "\n")
    if "export" in arguments.stages:
        export(model.cpu(), out / arguments.run, arguments.run, arguments.tokenizer)
    return record


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", help="GGUF or folder of the base model")
    parser.add_argument("--tokenizer", default=Path(__file__).parents[2] / "assets/model/tokenizer.json")
    parser.add_argument("--data", default="data", help="folder of tokens, see make_tokens.py")
    parser.add_argument("--out", required=True)
    parser.add_argument("--run", default="sigma-ops-135m", help="name of the run and of the model")
    parser.add_argument("--shape", choices=("diffqkv", "gqa"), default="diffqkv")
    parser.add_argument("--stages", default=",".join(STAGES))
    parser.add_argument("--seconds", default="", help="heal=480,teach=420: past this a stage comes to its end")
    parser.add_argument("--set", default="", help="heal_steps=1200,teach_rate=1e-4: other than the plan's")
    parser.add_argument("--tiny", action="store_true")
    a = parser.parse_args()
    a.stages = a.stages.split(",")
    pairs = [part.split("=") for part in a.seconds.split(",") if part]
    a.seconds = {name: float(value) for name, value in pairs}
    plan = TINY if a.tiny else Plan()
    for name, value in (part.split("=") for part in a.set.split(",") if part):
        plan = replace(plan, **{name: type(getattr(plan, name))(float(value))})
    train(a, plan)


if __name__ == "__main__":
    main()
