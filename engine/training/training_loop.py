"""Steps, learning rates, log and resumable checkpoints, the same for every stage of training."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch


@dataclass(frozen=True)
class Schedule:
    """A short rise, then linear to zero. Rates for all weights and for augmented Q, which starts from nothing."""

    steps: int
    rate: float
    augmented_rate: float
    warmup: float = 0.03
    weight_decay: float = 0.01

    def share(self, step):
        rise = max(1, round(self.steps * self.warmup))
        return min((step + 1) / rise, (self.steps - step) / max(1, self.steps - rise))


def optimizer(model, schedule):
    """AdamW; norms do not decay."""
    augmented, matrices, vectors = [], [], []
    for name, parameter in model.named_parameters():
        group = vectors if parameter.ndim < 2 else augmented if "aug_q" in name else matrices
        group.append(parameter)
    groups = [
        {"params": matrices, "peak": schedule.rate, "weight_decay": schedule.weight_decay},
        {"params": augmented, "peak": schedule.augmented_rate, "weight_decay": schedule.weight_decay},
        {"params": vectors, "peak": schedule.rate, "weight_decay": 0.0},
    ]
    fused = next(model.parameters()).is_cuda
    return torch.optim.AdamW([g for g in groups if g["params"]], lr=0.0, betas=(0.9, 0.95), fused=fused)


class Log:
    """Losses as they come, on the screen and in the run's record."""

    def __init__(self, stage, steps):
        self.stage, self.steps, self.tokens = stage, steps, 0
        self.began = time.perf_counter()
        self.rows = []

    def step(self, step, values, tokens, every):
        self.tokens += tokens
        if step % every and step != self.steps - 1:
            return
        row = {"step": step, **{name: round(float(value), 4) for name, value in values.items()}}
        self.rows.append(row)
        rate = self.tokens / (time.perf_counter() - self.began)
        print(f"{self.stage} {step + 1}/{self.steps} {json.dumps(row)} {rate:,.0f} tokens/s", flush=True)

    def record(self):
        seconds = time.perf_counter() - self.began
        return {"steps": self.steps, "tokens": self.tokens, "seconds": round(seconds, 1), "losses": self.rows}


def run(stage, model, schedule, losses, every=10, deadline=None, checkpoint=None, checkpoint_every=0):
    """`losses(step)` yields (loss, its values for the log, tokens) for each part of a step, whose gradients add up.
    A checkpoint that exists is gone on from; past `deadline` (seconds of perf_counter) the rates fall to zero over a
    twentieth of the steps, so that a run that was too slow still ends well. Gives the record."""
    device = next(model.parameters()).device
    adam = optimizer(model, schedule)
    log = Log(stage, schedule.steps)
    step, ending = 0, None
    if checkpoint and Path(checkpoint).exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        adam.load_state_dict(saved["adam"])
        step, log.rows, log.tokens = saved["step"], saved["rows"], saved["tokens"]
    while step < schedule.steps:
        if ending is None and deadline is not None and time.perf_counter() > deadline:
            ending = (step, max(1, schedule.steps // 20), schedule.share(step))
        share = schedule.share(step)
        if ending is not None:
            first, length, at_first = ending
            if step >= first + length:
                break
            share = min(share, at_first * (1 - (step - first) / length))
        for group in adam.param_groups:
            group["lr"] = group["peak"] * share
        values, tokens = {}, 0
        for loss, seen, count in losses(step):
            loss.backward()
            tokens += count
            for name, value in seen.items():
                values[name] = value.detach()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if not torch.isfinite(norm):
            # One bad step must not end a run; the next one has other data.
            print(f"{stage} {step + 1}: gradient is not finite, step left out", flush=True)
        else:
            adam.step()
        adam.zero_grad(set_to_none=True)
        log.step(step, {**values, "norm": norm}, tokens, every)
        step += 1
        if checkpoint and checkpoint_every and step % checkpoint_every == 0:
            state = {"model": model.state_dict(), "adam": adam.state_dict(), "step": step}
            torch.save({**state, "rows": log.rows, "tokens": log.tokens}, checkpoint)
    return {**log.record(), "stepsDone": step, "rate": schedule.rate, "augmentedRate": schedule.augmented_rate}
